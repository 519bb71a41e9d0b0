"""Write src/groundplan/detectors/index.json, which says who reads which file; with --check, say whether it is current."""

from __future__ import annotations

import argparse
import sys

import msgspec

from groundplan.detectors import INDEX, detectors, entry_of


def compiled() -> bytes:
    found = [(d, d.find.__module__.rpartition(".")[2]) for d in detectors()]
    rows = [msgspec.json.encode(entry_of(d, module)) for d, module in found]
    return b"[\n" + b",\n".join(rows) + b"\n]\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where it is stale")
    check = parser.parse_args().check
    new = compiled()
    if INDEX.exists() and INDEX.read_bytes() == new:
        return 0
    if check:
        print("stale: src/groundplan/detectors/index.json; run `make facts`", file=sys.stderr)
        return 1
    INDEX.write_bytes(new)
    print(f"written: {INDEX.name}, {len(new)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
