"""A decision as an entry of the log that a project keeps. Knows how such logs date and order their entries.

No byte of what is there changes: entries go before the first dated heading, or behind the last where the log grows
downwards.
"""

from __future__ import annotations

import re

import msgspec

from groundplan.record.decision import Decision
from groundplan.record.madr import confirmation
from groundplan.syntax.outline import outline
from groundplan.syntax.patterns import late

LOGS = ("docs/decisions.md", "docs/decision-log.md", "DECISIONS.md")
_DATE = r"\d{4}-\d{2}-\d{2}"
_FIRST = late(rf"^(?P<open>\[?)(?P<date>{_DATE})(?P<close>\]?)(?P<between>\s*[-–—:|·]?\s*)(?P<title>.*)$")
_LAST = late(rf"^(?P<title>.+?)(?P<between>\s*[-–—,:(]+\s*)(?P<date>{_DATE})(?P<close>\)?)$")
_NEW = "# Decisions\n\nThe newest is on top; old entries are never edited.\n"


class NotText(Exception):
    """The log is not UTF-8, and why."""


class Style(msgspec.Struct, frozen=True, kw_only=True):
    level: int = 2
    heading: str = "{date}: {title}"
    downwards: bool = False
    at: int = 0
    """Offset at which an entry goes."""


def entered(before: bytes | None, made: list[Decision]) -> bytes:
    """The log with an entry for each decision; NotText where it cannot be read."""
    text = _NEW if before is None else _decoded(before)
    style = style_of(text)
    end = "\r\n" if "\r\n" in text else "\n"
    told = [_entry(d, style) for d in made]
    entries = "\n\n".join(told).replace("\n", end)
    head, tail = text[: style.at], text[style.at :]
    gap = "" if not head or head.endswith(end * 2) else end if head.endswith(("\n", "\r")) else end * 2
    return (head + gap + entries + (end * 2 if tail.strip() else end) + tail).encode()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotText(f"byte {error.start}, in line {line}") from error


def style_of(text: str) -> Style:
    """How the log writes its headings and which way it grows, from the dated headings it has."""
    seen = outline(text, set())
    heads = [(h, text[seen.lines[h.line].start : seen.lines[h.line].stop]) for h in seen.headings]
    dated = [(h, raw, match) for h, raw in heads if (match := re.search(_DATE, raw))]
    if not dated:
        second = next((h for h, _ in heads if h.level == 2), None)
        return Style(at=seen.lines[second.line].start if second else len(text))
    level = dated[0][0].level
    same = [row for row in dated if row[0].level == level]
    dates = [match[0] for _, _, match in same]
    down = len(dates) > 1 and dates[0] < dates[-1]
    last = same[-1][0].end
    at = (
        (seen.lines[last].start if last < len(seen.lines) else len(text))
        if down
        else seen.lines[same[0][0].line].start
    )
    return Style(level=level, heading=_heading(same[0][1]), downwards=down, at=at)


def _heading(raw: str) -> str:
    """The form of a dated heading, with `{date}` and `{title}` in it."""
    words = raw.strip().lstrip("#").strip().rstrip("#").strip()
    if match := _FIRST.match(words):
        between = match["between"] if match["title"] else "\n"
        return f"{match['open']}{{date}}{match['close']}{between}{{title}}"
    if match := _LAST.match(words):
        return f"{{title}}{match['between']}{{date}}{match['close']}"
    return "{date}: {title}"


def _entry(made: Decision, style: Style) -> str:
    first, _, below = (
        style.heading.replace("{date}", made.date).replace("{title}", made.title).partition("\n")
    )
    head = f"{'#' * style.level} {first}" + (f"\n\n{'#' * (style.level + 1)} {below}" if below else "")
    lost = [f"{o.name}: {o.reason}" for o in made.options if not o.chosen]
    rows = [
        ("Status", [] if made.firm else ["proposed; it rests on a default or on words that were unclear"]),
        ("Context", [" ".join(made.context)]),
        ("Decision", [made.outcome]),
        ("Drivers", ["; ".join(made.drivers)]),
        ("Considered and not chosen", lost),
        ("Consequences", list(made.consequences)),
        ("Confirmation", [confirmation()]),
        ("Supersedes", [f"“{made.supersedes.title}” of {made.supersedes.date}, in {_where(made)}"]
         if made.supersedes else []),
    ]  # fmt: skip
    return f"{head}\n\n" + "\n".join(_row(label, lines) for label, lines in rows if lines)


def _where(made: Decision) -> str:
    assert made.supersedes
    path = made.supersedes.path
    return "this log" if path in LOGS else f"`{path}`"


def _row(label: str, lines: list[str]) -> str:
    if len(lines) == 1:
        return f"- **{label}:** {lines[0]}"
    return f"- **{label}:**\n" + "\n".join(f"  - {line}" for line in lines)
