"""Compile the built-in phase document into the form that is read at start; with --check, say whether it is current."""

from __future__ import annotations

import argparse
import sys

import msgspec

from groundplan.phases import DOCUMENT, INDEX
from groundplan.readers import reader_for
from groundplan.syntax.phase_document import parse


def compiled() -> bytes:
    phase, problems = parse(DOCUMENT.read_text(encoding="utf-8"), "built-in", reader_for)
    if problems:
        sys.exit("\n".join(f"{DOCUMENT}:{p.where.line if p.where else 1}: {p.message}" for p in problems))
    return msgspec.json.format(msgspec.json.encode(phase)) + b"\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where it is stale")
    check = parser.parse_args().check
    new = compiled()
    if INDEX.exists() and INDEX.read_bytes() == new:
        return 0
    if check:
        print("stale: src/groundplan/phases/infrastructure.json; run `make facts`", file=sys.stderr)
        return 1
    INDEX.write_bytes(new)
    print(f"written: {INDEX.name}, {len(new)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
