"""Regular expressions that are compiled when they are first used. Knows no expression."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """A pattern's methods, each looked up once; compiling one takes longer than running it over an answer."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # Any: the methods of a pattern
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, for use through its methods; functions of `re` do not take it."""
    return cast("re.Pattern[str]", _Late(text, flags))
