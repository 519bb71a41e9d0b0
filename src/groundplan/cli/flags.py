"""Flags that are written out, read without argparse. Knows exact names; whatever else is there, argparse decides.

Importing argparse and building a parser takes 4 ms, a tenth of what a check may take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Parameter = tuple[tuple[str, ...], dict[str, Any]]  # Any: argparse's own keywords


def plain(args: list[str], parameters: list[Parameter]) -> dict[str, Any] | None:
    """The values as argparse would give them; None where a word is anything but a known flag and its value."""
    if any(not names[0].startswith("-") for names, _ in parameters):
        return None
    flags = {name: keywords for names, keywords in parameters for name in names}
    values = {keywords["dest"]: _default(keywords) for _, keywords in parameters}
    words = iter(args)
    for word in words:
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        keywords = flags.get(name)
        if keywords is None or not _set(values, keywords, value if equals else None, words):
            return None
    return values


def _default(keywords: dict[str, Any]) -> Any:
    if keywords.get("action") == "store_true":
        return False
    return list(keywords["default"]) if keywords.get("action") == "append" else keywords["default"]


def _set(values: dict[str, Any], keywords: dict[str, Any], value: str | None, words: Iterator[str]) -> bool:
    """Set what one flag says; False where argparse has to look at it."""
    action, to = keywords.get("action"), keywords["dest"]
    if action == "store_true":
        values[to] = True
        return value is None
    if value is None:
        value = next(words, "-")
        if value.startswith("-"):
            return False
    if keywords.get("choices") and value not in keywords["choices"]:
        return False
    values[to] = [*values[to], value] if action == "append" else value
    return True
