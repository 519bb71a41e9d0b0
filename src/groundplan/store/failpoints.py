"""Fail on purpose at the n-th call of a named disk operation, so that tests can visit every failure.

Knows names and counts; does not know files. `GROUNDPLAN_FAILPOINT` is read once, at import:

    write:3        end the process as `kill -9` would, at the third write
    fsync:2:EIO    raise that error at the second fsync, once
    any:7+:ENOSPC  raise it at the seventh operation of any name and at every later one
"""

from __future__ import annotations

import errno
import os

NAMES = (
    "open", "write", "tear", "fsync", "replace", "mkdir", "unlink", "rmdir",
    "prepared", "staged", "committed", "installed",
)  # fmt: skip
"""`tear` lies between the two halves of a write; the last four between the steps of an apply."""


class _Armed:
    def __init__(self, name: str, at: int, error: int | None, lasting: bool) -> None:
        self.name, self.at, self.error, self.lasting = name, at, error, lasting
        self.count = 0

    def hit(self, name: str) -> None:
        if self.name not in (name, "any"):
            return
        self.count += 1
        if self.count == self.at or (self.lasting and self.count > self.at):
            self.fail()

    def fail(self) -> None:
        if self.error is None:
            os._exit(137)
        raise OSError(self.error, os.strerror(self.error))


_armed: _Armed | None = None


def parse(spec: str) -> _Armed | None:
    """Read `name:n[+][:ERROR]`; anything else is no failpoint."""
    name, _, rest = spec.partition(":")
    number, _, error = rest.partition(":")
    at = number.rstrip("+")
    known = name == "any" or name in NAMES
    if not known or not at.isdecimal() or (error and not hasattr(errno, error)):
        return None
    return _Armed(name, int(at), getattr(errno, error) if error else None, number.endswith("+"))


def arm(spec: str | None) -> None:
    """Set the one failpoint of this process; None takes it away."""
    global _armed
    _armed = parse(spec) if spec else None


def armed() -> bool:
    return _armed is not None


def fired() -> bool:
    """True where the counted operation was reached."""
    return _armed is not None and _armed.count >= _armed.at


def hit(name: str) -> None:
    """Mark one operation; every disk operation calls this first."""
    if _armed is not None:
        _armed.hit(name)


arm(os.environ.get("GROUNDPLAN_FAILPOINT"))
