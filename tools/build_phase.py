"""Compile the built-in phase document into the form that is read at start; with --check, say whether it is current."""

from __future__ import annotations

import sys

import msgspec
from _index import run

from groundplan.phases import DOCUMENT, INDEX
from groundplan.readers import reader_for
from groundplan.syntax.phase_document import parse


def compiled() -> bytes:
    phase, problems = parse(DOCUMENT.read_text(encoding="utf-8"), "built-in", reader_for)
    if problems:
        sys.exit("\n".join(f"{DOCUMENT}:{p.where.line if p.where else 1}: {p.message}" for p in problems))
    return msgspec.json.format(msgspec.json.encode(phase)) + b"\n"


if __name__ == "__main__":
    sys.exit(run(__doc__, INDEX, "src/groundplan/phases/infrastructure.json", compiled))
