"""Compile the word lists in `src/groundplan/facts/words/` into the index that readers load. `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from groundplan.facts import vocabulary

INDEX = Path(vocabulary.__file__).with_suffix(".json")


def main(arguments: list[str]) -> int:
    """Write the index, or with `--check` exit 1 where it is not up to date."""
    compiled = vocabulary.encode(vocabulary.compile_lists())
    if "--check" in arguments:
        current = INDEX.is_file() and INDEX.read_bytes() == compiled
        print(
            "vocabulary index is up to date" if current else "run `python tools/build_vocabulary.py`",
            file=sys.stderr,
        )
        return 0 if current else 1
    INDEX.write_bytes(compiled)
    print(f"{INDEX.name}: {len(compiled)} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
