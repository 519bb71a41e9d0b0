"""Blank what is no part of an answer: comments, markup, struck-out words, templates, injected code. Knows no vocabulary."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1)
def _hidden() -> tuple[re.Pattern[str], ...]:
    """Built for the first text that needs them, which most answers do not."""
    return (
        re.compile(r"<!--.*?(?:-->|\Z)", re.S),
        re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S),
        re.compile(r"~~(?=\S)[^~]{1,400}~~"),
        re.compile(r"<(?:del|s|strike)>[^<]{0,400}</(?:del|s|strike)>"),
        re.compile(
            r"\$\{[^}]{0,400}\}|\$\([^)]{0,400}\)|\{\{[^}]{0,400}\}\}|\{%[^%]{0,400}%\}|<%[^%]{0,400}%>"
        ),
        re.compile(r"</?[a-z][^<>]{0,300}>"),
        re.compile(r"['\"]\s*\)?\s*;\s*(?:drop|update|insert|delete|select|alter|truncate)\b.*", re.S),
    )


@lru_cache(maxsize=1)
def _terminator() -> re.Pattern[str]:
    return re.compile(
        r"</(?:answer|input|user|text|prompt|response)>|<\|[a-z_]{2,20}\|>|\[/?inst\]|\n\s*(?:-{3,}|={3,}|#{3,})\s*(?:end|eof|stop|fin)\b"
        r"|\n\s*eof\s*(?:\n|\Z)|\b(?:ignore|disregard|forget)\s+(?:all\s+)?(?:(?:of\s+)?(?:the|your|my|these|those|any)\s+)?(?:previous|prior|above|earlier|preceding|instructions|rules|prompts?)\b"
        r"|\[?end of (?:answer|input|message|text)\]?|\n\s*(?:system|assistant|human|user)\s*:"
    )


@lru_cache(maxsize=1)
def _checkbox() -> re.Pattern[str]:
    return re.compile(r"(?m)^[ \t]*[-*+]?[ \t]*\[ \][^\n]*")


def hide(folded: str, raw: str) -> str:
    """Blank what is not the answer: comments, markup, struck-out words, templates, whatever follows a false end."""
    if "[x]" in folded:
        folded = _checkbox().sub(_blank, folded)
    if any(sign in folded for sign in _ENDING):
        end = _terminator().search(folded)
        if end and (folded[: end.start()].strip() or end.group()[0] in "idf"):
            folded = folded[: end.start()] + " " * (len(raw) - end.start())
    if any(sign in folded for sign in ("<", "~~", "${", "$(", "{{", "{%", "';", '";', "');", '");')):
        for pattern in _hidden():
            folded = pattern.sub(_blank, folded)
    return folded


_ENDING = ("<", "[", "\n", "end of ", "ignore", "disregard", "forget")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
