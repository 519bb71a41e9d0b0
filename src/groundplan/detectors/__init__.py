"""The open folder of detectors: one module reads one kind of file that shows what an application needs.

Most projects have none or one of these files. So an index says which module reads which, and only those are imported;
a file that the index does not name is imported as well.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

import msgspec

from groundplan.model.application import Detector
from groundplan.registry import names, scan

FOLDER = Path(__file__).parent
INDEX = FOLDER / "index.json"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """Which files the detector in `module` reads, and when."""

    order: int
    module: str
    paths: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """What the index says, and what newer files say, the one that wins first."""
    known = msgspec.json.decode(INDEX.read_bytes(), type=tuple[Entry, ...]) if INDEX.exists() else ()
    there = names("groundplan.detectors")
    kept = [e for e in known if e.module in there]
    added = [entry_of(detector(name), name) for name in there if name not in {e.module for e in kept}]
    return tuple(sorted([*kept, *added], key=lambda e: e.order))


def entry_of(found: Detector, module: str) -> Entry:
    return Entry(found.order, module, found.paths)


def detector(module: str) -> Detector:
    found: Detector = importlib.import_module(f"groundplan.detectors.{module}").DETECTOR
    return found


@cache
def detectors() -> tuple[Detector, ...]:
    """Every detector, the one that wins first."""
    found = scan("groundplan.detectors", "DETECTOR", Detector, lambda d: d.key)
    return tuple(sorted(found.values(), key=lambda d: d.order))
