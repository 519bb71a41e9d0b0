"""Exceptions for a broken environment; bad input is never an exception but a Diagnostic.

GroundplanError
├── FactsError        the shipped facts index is missing or damaged
├── RegistryError     two modules of an open folder claim one key, or one has no constant
└── StoreError        the disk refused, another process holds the lock, or a path leaves the project
"""

from __future__ import annotations


class GroundplanError(Exception):
    """Carry a GP9xx `code`, what happened, and the `fix` that a person can carry out."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


class FactsError(GroundplanError):
    """The facts that ship with the package cannot be used."""


class RegistryError(GroundplanError):
    """An open folder is inconsistent; the build is wrong, not the user."""


class StoreError(GroundplanError):
    """Reading or writing the project's files failed; what was on disk before is still there."""
