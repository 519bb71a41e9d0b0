"""How long a log group keeps its logs. Knows which values there are."""

from __future__ import annotations

from groundplan.model.plan import Draft

DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)  # fmt: skip
"""CloudWatch Logs, PutRetentionPolicy."""


def log_days(draft: Draft) -> int:
    """What was stated, or the next longer value that a log group takes."""
    wanted = draft.log_days or (365 if draft.quality == "secure" else 30)
    return next((d for d in DAYS if d >= wanted), DAYS[-1])
