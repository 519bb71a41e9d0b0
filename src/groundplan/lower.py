"""Plan to resources or files, by the module that the plan's platform has for the plan's target."""

from __future__ import annotations

import importlib

from groundplan.model.knowledge import Lowered
from groundplan.model.plan import Plan


def lower(plan: Plan) -> Lowered:
    """A graph for a target that shares a vocabulary, files for a platform's own formats."""
    module = importlib.import_module(f"groundplan.platforms.{plan.platform}.{plan.target}")
    lowered: Lowered = module.lower(plan)
    return lowered
