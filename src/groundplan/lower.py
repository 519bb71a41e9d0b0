"""Plan to resources or files, by the module of the plan's platform that the plan's target reads."""

from __future__ import annotations

import importlib

from groundplan.model.knowledge import Lowered
from groundplan.model.plan import Plan
from groundplan.targets import target


def lower(plan: Plan) -> Lowered:
    """A graph for a target that shares a vocabulary, files for a platform's own formats."""
    name = target(plan.target).reads or plan.target
    module = importlib.import_module(f"groundplan.platforms.{plan.platform}.{name}")
    lowered: Lowered = module.lower(plan)
    return lowered
