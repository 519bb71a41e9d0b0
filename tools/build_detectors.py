"""Write src/groundplan/detectors/index.json, which says who reads which file; with --check, say whether it is current."""

from __future__ import annotations

import sys

import msgspec
from _index import run

from groundplan.detectors import INDEX, detectors, entry_of


def compiled() -> bytes:
    found = [(d, d.find.__module__.rpartition(".")[2]) for d in detectors()]
    rows = [msgspec.json.encode(entry_of(d, module)) for d, module in found]
    return b"[\n" + b",\n".join(rows) + b"\n]\n"


if __name__ == "__main__":
    sys.exit(run(__doc__, INDEX, "src/groundplan/detectors/index.json", compiled))
