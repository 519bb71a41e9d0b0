"""Native files of a platform: already files when they come out of the lowering, so they pass through unchanged."""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.graph import Graph
from groundplan.model.knowledge import Lowered, Target
from groundplan.model.plan import Plan


def emit(plan: Plan, lowered: Lowered) -> tuple[File, ...]:
    """Return the files as they are; a graph here is a bug of the platform."""
    if isinstance(lowered, Graph):
        raise TypeError(f"`{plan.platform}` lowers to a graph, which the target `native` cannot write")
    return lowered


TARGET = Target(key="native", name="Native files", emit=emit)
