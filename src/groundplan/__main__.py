"""The entry point. Answers `--help` and `--version` by itself; everything else loads the command line."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is a third of what `--help` imports
    from typing import NoReturn


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc

    _open_streams()
    gc.disable()  # a process of a tenth of a second has no garbage worth looking for; looking costs an eighth of it
    _leave(run(sys.argv[1:]))


def _open_streams() -> None:
    """Python gives no stream where the caller has closed it, as `>&-` does; what is printed then goes nowhere."""
    if sys.stdout is None or sys.stderr is None:
        from os import devnull

        sys.stdout = sys.stdout or open(devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the process
        sys.stderr = sys.stderr or open(devnull, "w", encoding="utf-8")  # noqa: SIM115


def _leave(code: int) -> NoReturn:
    """End at once; Python would first take every module and value apart, which takes a seventh of a check.

    Where threads may run, or the last words cannot be written, it ends the usual way.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # closed, full, or no stream at all
        sys.exit(code)
    if "threading" in sys.modules:
        sys.exit(code)
    from os import _exit

    _exit(code)


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
    except OSError as error:
        from groundplan.cli.group import lost

        return lost(error, 0)
    return 0


if __name__ == "__main__":
    main()
