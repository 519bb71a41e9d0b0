"""A set of words written as one string. Knows nothing else."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Split at spaces; for the small closed word sets of the grammar."""
    return frozenset(text.split())
