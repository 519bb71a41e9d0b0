"""A generated file: its path inside the project and its whole text."""

from __future__ import annotations

from typing import Literal

import msgspec


class File(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    """Relative, with `/`; never starts with `..` or `/`."""
    content: str
    kind: Literal["code", "script", "text"] = "code"
    """`script` is made executable; `text` is Markdown and gets no comment header."""
    purpose: str = ""
    """One line, for listings."""
