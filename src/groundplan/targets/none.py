"""No infrastructure as code: the platform's runbook, which passes through as it comes out of the lowering."""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.graph import Graph
from groundplan.model.knowledge import Lowered, Target
from groundplan.model.plan import Plan


def emit(plan: Plan, lowered: Lowered) -> tuple[File, ...]:
    """Return the runbook; a graph here is a bug of the platform."""
    if isinstance(lowered, Graph):
        raise TypeError(f"`{plan.platform}` lowers to a graph, which the target `none` cannot write")
    return lowered


TARGET = Target(key="none", name="Runbook", emit=emit)
