"""The entry point. Answers `--help` and `--version` by itself; everything else loads the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc

    gc.disable()  # a process of a tenth of a second has no garbage worth looking for; looking costs an eighth of it
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    if args in (["--help"], ["-h"]):
        return _say(_front_page())
    if args == ["--version"]:
        return _say(_version())
    from groundplan.cli.group import run as run_command

    return run_command(args)


def _front_page() -> str:
    from groundplan.cli.menu import front_page

    return front_page()


def _version() -> str:
    from groundplan.version import __version__

    return f"groundplan {__version__}\n"


def _say(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        from os import O_WRONLY, devnull, dup2, open

        dup2(open(devnull, O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    main()
