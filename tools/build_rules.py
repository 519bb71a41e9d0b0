"""Write src/groundplan/rules/index.json, which says for whom each rule speaks; with --check, say whether it is current."""

from __future__ import annotations

import argparse
import sys

import msgspec

from groundplan.rules import INDEX, Entry, rules


def compiled() -> bytes:
    rows = [
        msgspec.json.encode(Entry(r.code, r.check.__module__.rpartition(".")[2], r.platforms, r.words))
        for r in rules().values()
    ]
    return b"[\n" + b",\n".join(rows) + b"\n]\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where it is stale")
    check = parser.parse_args().check
    new = compiled()
    if INDEX.exists() and INDEX.read_bytes() == new:
        return 0
    if check:
        print("stale: src/groundplan/rules/index.json; run `make facts`", file=sys.stderr)
        return 1
    INDEX.write_bytes(new)
    print(f"written: {INDEX.name}, {len(new)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
