"""Everything that Fly.io reads: the apps' fly.toml files, alert rules, the budget check and the runbook.

Knows which files a plan needs; the modules beside this one know what is in them.
"""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.plan import Plan
from groundplan.platforms.fly.native.alerts import alert_files
from groundplan.platforms.fly.native.apps import app_file, autoscaler_files
from groundplan.platforms.fly.native.budget import budget_files
from groundplan.platforms.fly.runbook import runbook


def lower(plan: Plan) -> tuple[File, ...]:
    """Write the files of the plan, the application's own first; what the plan does not hold makes no file."""
    return (*parts(plan), runbook(plan))


def parts(plan: Plan) -> tuple[File, ...]:
    """What Fly.io and its apps read: everything but the runbook."""
    return (
        app_file(plan),
        *autoscaler_files(plan),
        *alert_files(plan),
        *budget_files(plan),
    )
