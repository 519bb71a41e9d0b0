"""What people call the things and places that slugs stand for, from `words/names.txt`. Knows spelling alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _lists() -> dict[str, dict[str, str]]:
    """Section -> slug -> name."""
    lists: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in (Path(__file__).parent / "words" / "names.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = lists.setdefault(line[1:-1], {})
        elif not line.startswith("#") and " = " in line:
            slug, name = line.split(" = ", 1)
            section[slug] = name
    return lists


def spelled(slug: str) -> str | None:
    return _lists()["thing"].get(slug)


def name(slug: str) -> str:
    """What a person calls the thing; a slug that is not known is read as words."""
    return spelled(slug) or (slug.replace("_", " ") if slug.islower() else slug)


@cache
def countries_called() -> dict[str, str]:
    """Name in lower case -> ISO code in capitals; with the short names that everybody uses."""
    short = {
        "us": "US",
        "usa": "US",
        "u.s.": "US",
        "america": "US",
        "uk": "GB",
        "britain": "GB",
        "england": "GB",
    }
    return {name.casefold(): slug.upper() for slug, name in _lists()["country"].items()} | short


def place(slug: str) -> str:
    """A country or an area in words; a code that is not known is left in capitals."""
    known = _lists()["country"].get(slug) or spelled(slug)
    return known or (slug.upper() if len(slug) == 2 else slug.replace("_", " "))
