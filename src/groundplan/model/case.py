"""Everything a rule may look at, and nothing it could change."""

from __future__ import annotations

import msgspec

from groundplan.model.answer import Answers
from groundplan.model.decision import Decisions
from groundplan.model.estimate import Estimate, OptionRow
from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Plan


class Case(msgspec.Struct, frozen=True, kw_only=True):
    answers: Answers
    decisions: Decisions
    facts: Facts
    plan: Plan | None = None
    """None where nothing can be planned, an unsupported platform for instance."""
    estimate: Estimate | None = None
    options: tuple[OptionRow, ...] = ()
