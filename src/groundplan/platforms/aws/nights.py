"""Hours of the week with another number of tasks, from the words of an answer. Knows phrases; not what keeps the hours."""

from __future__ import annotations

import re

import msgspec

from groundplan.syntax.patterns import late

_NIGHT = late(r"night|nachts|nuit|noche|evening", re.I)
_OUTSIDE = late(r"off.?hours|outside|after hours|other times|au(?:ß|ss)erhalb", re.I)
_WEEKEND = late(r"week.?end|wochenende|fin de semana", re.I)
_WORKING = (
    r"(?:week ?days?\b|work(?:ing)? ?days?\b|werktags?\b|(?:business|office|working) hours|"
    r"\bmon?(?:day)?s?\s*(?:-|–|to|through|thru|bis)\s*fri?(?:day)?s?\b)"
)
_NAMED = r"\b(mon|tues|wednes|thurs|fri|satur|sun)days\b"
"""In the plural: one Friday is no part of every week."""
_WEEKDAYS = late(_WORKING, re.I)
_DAY = late(_NAMED, re.I)
_OFF = late(r"\b(off|zero|stop|stopped|shut|sleep|none|nothing|aus)\b", re.I)
_ONLY = late(r"\b(only|just|solely|running|runs?|active|nur)\b", re.I)
_CLOCK = late(r"\d\s*(?::|h\b|am\b|pm\b|uhr\b)|:\d", re.I)
_TIME = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm|uhr|h)?"
_RANGE = late(rf"\b{_TIME}\s*(?:-|–|to|till|until|and|bis)\s*{_TIME}(?![\w:])", re.I)
_BEFORE_HOURS = late(rf"(?:{_WORKING}|{_NAMED})[\s,(]*(?:from|between|von)?\s*$", re.I)
_COUNTED = late(r"\s*(?:instances?|tasks?|pods?|nodes?|servers?|machines?|replicas?|containers?)\b", re.I)
_ZONE = late(
    r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b"
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = late(rf"\d+|\b(?:{'|'.join(_NUMBERS)})\b", re.I)
_WEEK = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
EVENING, MORNING = 20, 6
"""Hours of a night that nobody stated."""


class Nights(msgspec.Struct, frozen=True):
    """`count` tasks from `evening` on, as many as usual from `morning` on; both as a schedule of AWS says them."""

    count: int
    evening: str
    morning: str
    said: str
    """The hours in words."""
    zone: str = "UTC"
    stated: bool = False
    """Whether the hours are the answer's own."""

    @property
    def names(self) -> tuple[str, str]:
        return ("begin", "end") if self.stated else ("evening", "morning")


def nights(said: str | None) -> Nights | None:
    """What was said, where it is one count in one part of every week; None where it is anything else.

    >>> nights("scale down to 1 at night").evening
    'cron(0 20 ? * * *)'
    """
    text = said or ""
    zone = _ZONE.search(text)
    hours = _hours(text)
    rest = text if hours is None else text[: hours[2]] + text[hours[3] :]
    rest = _ZONE.sub("", rest)
    numbers = [int(n) if n.isdigit() else _NUMBERS.index(n.lower()) + 1 for n in _NUMBER.findall(rest)]
    if _CLOCK.search(rest) or len(numbers) > 1:
        return None
    count = numbers[0] if numbers else 0 if _OFF.search(rest) else None
    found = _stated(rest, count, hours) if hours else _usual(rest, count)
    return msgspec.structs.replace(found, zone=zone[0]) if found and zone else found


def _usual(text: str, count: int | None) -> Nights | None:
    """Parts of a week that need no hours, and nights, whose hours are assumed."""
    night, weekend = bool(_NIGHT.search(text) or _OUTSIDE.search(text)), bool(_WEEKEND.search(text))
    if night or weekend:
        if count is None:
            return None
        first, last = ("MON-FRI", "MON-FRI") if night and weekend else ("*", "*") if night else ("FRI", "MON")
        words = f"{EVENING}:00 to {MORNING:02}:00" + (" and at weekends" if night and weekend else "")
        if not night:
            words = f"Friday {EVENING}:00 to Monday {MORNING:02}:00"
        return Nights(count, _cron(EVENING * 60, first), _cron(MORNING * 60, last), words)
    days = _days(text)
    if days is None or "hours" in text:
        return None
    first, after = days if count is not None else days[::-1]
    if count is None and not _ONLY.search(text):
        return None
    return Nights(
        count or 0, _cron(0, first), _cron(0, after), f"{first} 00:00 to {after} 00:00", stated=True
    )


def _days(text: str) -> tuple[str, str] | None:
    """The first of the named days and the day after them: the working week, or one day."""
    if _WEEKDAYS.search(text):
        return "MON", "SAT"
    named = [n.upper()[:3] for n in _DAY.findall(text)]
    if len(set(named)) != 1:
        return None
    return named[0], _WEEK[(_WEEK.index(named[0]) + 1) % 7]


def _stated(text: str, count: int | None, hours: tuple[int, int, int, int]) -> Nights | None:
    """One count between two times of some days; `only` and `outside` mean the rest of the week."""
    start, end = hours[:2]
    night, weekend = bool(_NIGHT.search(text)), bool(_WEEKEND.search(text))
    working = _WEEKDAYS.search(text) is not None
    named = {n.upper()[:3] for n in _DAY.findall(text)} if not working else set()
    outside = bool(_OUTSIDE.search(text)) or (count is None and bool(_ONLY.search(text)))
    if (count is None and not outside) or (weekend and not night) or len(named) > 1:
        return None
    days = "MON-FRI" if working or (night and weekend) else named.pop() if named else "*"
    if start >= end and days != "*" and not (night and weekend and not working):
        return None
    first, last = (end, start) if outside else (start, end)
    words = f"{_clock(first)} to {_clock(last)}" + ("" if days == "*" else f", {days}")
    return Nights(count or 0, _cron(first, days), _cron(last, days), words, stated=True)


def _hours(text: str) -> tuple[int, int, int, int] | None:
    """Two times in minutes and where they stand; two bare numbers are times after a day alone, as in `weekdays 8-18`."""
    found = [m for m in _RANGE.finditer(text) if _is_clock(m, text)]
    if len(found) != 1:
        return None
    made = found[0]
    (h1, m1, mark1), (h2, m2, mark2) = (made.group(1, 2, 3), made.group(4, 5, 6))
    late_mark, early_mark = (mark2 or "").lower(), (mark1 or "").lower()
    if late_mark in ("am", "pm") and not early_mark:
        early_mark = late_mark if int(h1) <= int(h2) else "am"
    if early_mark == "am" and not late_mark and int(h2) <= int(h1):
        late_mark = "pm"
    start, end = _minutes(h1, m1, early_mark), _minutes(h2, m2, late_mark)
    if start is None or end is None or start == end:
        return None
    return start, end, made.start(), made.end()


def _is_clock(made: re.Match[str], text: str) -> bool:
    if _COUNTED.match(text, made.end()):
        return False
    marked = any(made.group(2, 3, 5, 6))
    return marked or (int(made[4]) >= 12 and bool(_BEFORE_HOURS.search(text[: made.start()])))


def _minutes(hour: str, minute: str | None, mark: str) -> int | None:
    """Minutes after midnight; None where there is no such time.

    >>> _minutes("12", None, "am"), _minutes("6", "30", "pm"), _minutes("25", None, "")
    (0, 1110, None)
    """
    value = int(hour) % 12 + 12 * (mark == "pm") if mark in ("am", "pm") else int(hour) % 24
    return None if int(hour) > 24 or int(minute or 0) > 59 else value * 60 + int(minute or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _cron(minutes: int, days: str) -> str:
    return f"cron({minutes % 60} {minutes // 60} ? * {days} *)"
