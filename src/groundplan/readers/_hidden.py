"""Blank what is no part of an answer: comments, markup, struck-out words, templates. Knows no vocabulary."""

from __future__ import annotations

import re

_HIDDEN = (
    re.compile(r"<!--.*?(?:-->|\Z)", re.S),
    re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S),
    re.compile(r"~~(?=\S)[^~]{1,400}~~"),
    re.compile(r"<(?:del|s|strike)>[^<]{0,400}</(?:del|s|strike)>"),
    re.compile(r"\$\{[^}]{0,400}\}|\$\([^)]{0,400}\)|\{\{[^}]{0,400}\}\}|\{%[^%]{0,400}%\}|<%[^%]{0,400}%>"),
    re.compile(r"</?[a-z][^<>]{0,300}>"),
)
_CHECKBOX = re.compile(r"(?m)^[ \t]*[-*+]?[ \t]*\[ \][^\n]*")
_TERMINATOR = re.compile(
    r"</(?:answer|input|user|text|prompt|response)>|<\|[a-z_]{2,20}\|>|\[/?inst\]|\n\s*(?:-{3,}|={3,}|#{3,})\s*(?:end|eof|stop|fin)\b"
    r"|\n\s*eof\s*(?:\n|\Z)|\b(?:ignore|disregard|forget)\s+(?:all\s+)?(?:(?:of\s+)?(?:the|your|my|these|those|any)\s+)?(?:previous|prior|above|earlier|preceding|instructions|rules|prompts?)\b"
    r"|\[?end of (?:answer|input|message|text)\]?|\n\s*(?:system|assistant|human|user)\s*:"
)


def hide(folded: str, raw: str) -> str:
    """Blank what is not the answer: comments, markup, struck-out words, templates, whatever follows a false end."""
    if (
        "<" in folded
        or "~~" in folded
        or "$" in folded
        or "{" in folded
        or "[" in folded
        or "\n" in folded
        or "previous" in folded
        or "above" in folded
        or "ignore" in folded
        or "disregard" in folded
        or "forget" in folded
    ):
        folded = _CHECKBOX.sub(_blank, folded) if "[x]" in folded else folded
        end = _TERMINATOR.search(folded)
        if end and (folded[: end.start()].strip() or end.group()[0] in "idf"):
            folded = folded[: end.start()] + " " * (len(raw) - end.start())
        for pattern in _HIDDEN:
            folded = pattern.sub(_blank, folded)
    return folded


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
