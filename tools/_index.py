"""Write a generated index, or with --check say whether it is current. Knows no content."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path


def run(about: str | None, path: Path, shown: str, compiled: Callable[[], bytes]) -> int:
    """Exit code: 0 where `path` holds what is compiled now or was written, 1 where --check finds it stale."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where it is stale")
    check = parser.parse_args().check
    new = compiled()
    if path.exists() and path.read_bytes() == new:
        return 0
    if check:
        print(f"stale: {shown}; run `make facts`", file=sys.stderr)
        return 1
    path.write_bytes(new)
    print(f"written: {path.name}, {len(new)} bytes")
    return 0
