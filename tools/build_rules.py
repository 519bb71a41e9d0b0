"""Write src/groundplan/rules/index.json, which says for whom each rule speaks; with --check, say whether it is current."""

from __future__ import annotations

import sys

import msgspec
from _index import run

from groundplan.rules import INDEX, Entry, rules


def compiled() -> bytes:
    rows = [
        msgspec.json.encode(
            Entry(r.code, r.check.__module__.rpartition(".")[2], r.platforms, r.words, r.needs)
        )
        for r in rules().values()
    ]
    return b"[\n" + b",\n".join(rows) + b"\n]\n"


if __name__ == "__main__":
    sys.exit(run(__doc__, INDEX, "src/groundplan/rules/index.json", compiled))
