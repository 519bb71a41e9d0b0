"""Hours with fewer tasks, from the words of an answer. Knows phrases; not the resource that keeps the hours."""

from __future__ import annotations

import re

import msgspec

from groundplan.syntax.patterns import late

_NIGHT = late(r"night|nachts|nuit|noche|off.?hours|outside|after hours|evening", re.I)
_WEEKEND = late(r"week.?end|wochenende|fin de semana", re.I)
_OFF = late(r"\b(off|zero|stop|stopped|shut|sleep|none|nothing|aus)\b", re.I)
_CLOCK = late(r"\d\s*(?::|h\b|am\b|pm\b|uhr\b)|:\d", re.I)
EVENING, MORNING = 20, 6


class Nights(msgspec.Struct, frozen=True):
    """`count` tasks at night, at weekends, or both."""

    count: int
    nights: bool
    weekends: bool

    @property
    def evening(self) -> str:
        days = "MON-FRI" if self.nights and self.weekends else "*" if self.nights else "FRI"
        return _cron(EVENING, days)

    @property
    def morning(self) -> str:
        days = "MON-FRI" if self.nights and self.weekends else "*" if self.nights else "MON"
        return _cron(MORNING, days)


def nights(said: str | None) -> Nights | None:
    """What was said, where it is one count at night or at weekends; None where it is anything else.

    >>> nights("scale down to 1 at night")
    Nights(count=1, nights=True, weekends=False)
    """
    text = said or ""
    night, weekend = bool(_NIGHT.search(text)), bool(_WEEKEND.search(text))
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if _CLOCK.search(text) or len(numbers) > 1 or not (night or weekend):
        return None
    if not numbers and not _OFF.search(text):
        return None
    return Nights(numbers[0] if numbers else 0, night, weekend)


def _cron(hour: int, days: str) -> str:
    return f"cron(0 {hour} ? * {days} *)"
