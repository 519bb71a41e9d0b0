"""The way from an empty account to a running application: exact commands in order, each with its check.

Knows the order; `steps` and `operations` know the commands, `syntax/runbook.py` the layout.
"""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.plan import Plan
from groundplan.platforms.fly import operations
from groundplan.platforms.fly import steps as first
from groundplan.syntax import runbook as layout
from groundplan.syntax.runbook import Step


def runbook(plan: Plan, ordered: tuple[Step, ...] | None = None) -> File:
    """Write the steps of the plan as Markdown; a step that the plan does not need is left out."""
    return File(
        path="infra/fly/RUNBOOK.md",
        content=layout.write(
            f"Runbook: {plan.draft.project} on Fly.io", _INTRODUCTION, ordered or steps(plan)
        ),
        kind="text",
        purpose="commands from an empty account to a running application",
    )


def steps(plan: Plan) -> tuple[Step, ...]:
    return (
        first.account(),
        first.app(plan),
        *(
            first.store(c, plan)
            for c in plan.components
            if c.role in ("database", "cache", "queue", "storage")
        ),
        *first.secrets(plan),
        first.deploy(plan),
        first.count(plan),
        *(operations.autoscaler(c, plan) for c in plan.role("autoscaler")),
        *operations.alerts(plan),
        *operations.outside(plan),
        *operations.budget(plan),
        *operations.nights(plan),
        operations.rollback(plan),
    )


_INTRODUCTION = """\
Run the commands in bash from the root of the repository, from top to bottom. Each step ends with a check; go on when
it holds. Values of secrets are typed when they are asked for, so that neither a file nor the history of the shell
holds them."""
