"""The budget check: its script, its prices and a workflow that runs it daily. The script is kept beside as a module."""

from __future__ import annotations

from pathlib import Path

import msgspec

from groundplan.model.files import File
from groundplan.model.plan import Component, Plan
from groundplan.syntax import yaml

FOLDER = "infra/fly/budget"
WORKFLOW = f"{FOLDER}/budget-check.workflow.yml"


def budget_files(plan: Plan) -> tuple[File, ...]:
    check = next(iter(plan.role("budget")), None)
    if check is None:
        return ()
    return (
        File(
            path=f"{FOLDER}/check_budget.py",
            content=_script(),
            kind="script",
            purpose="compares cost with the budget",
        ),
        File(
            path=f"{FOLDER}/budget.json",
            content=_settings(plan, check),
            kind="text",
            purpose="limit and prices",
        ),
        File(path=WORKFLOW, content=_workflow(), purpose="to copy into .github/workflows"),
    )


def counted_apps(plan: Plan) -> tuple[str, ...]:
    """Names of all apps whose Machines are billed, the application first."""
    helpers = (str(c.settings["app"]) for c in plan.components if "app" in c.settings)
    return (plan.draft.project, *helpers)


def _script() -> str:
    return (Path(__file__).parents[1] / "check_budget.py").read_text("utf-8")


def _settings(plan: Plan, check: Component) -> str:
    limit = plan.budget.limit
    assert limit is not None
    in_dollars = limit.currency == "USD"
    document = {
        "limit_stated": f"{limit.amount} {limit.currency}",
        "limit_usd": f"{limit.amount}" if in_dollars else "",
        "thresholds_percent": [f"{p:f}" for p in plan.budget.thresholds_percent],
        "fail_at_percent": check.settings["fail_at_percent"],
        "apps": counted_apps(plan),
        "fixed": msgspec.json.decode(str(check.settings["fixed"])),
        "unpriced": msgspec.json.decode(str(check.settings["unpriced"])),
        "rootfs_gb": "1",
        "rootfs_gb_month": check.settings["rootfs"],
        "machines": msgspec.json.decode(str(check.settings["machines"])),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _workflow() -> str:
    token = "${{ secrets.FLY_BUDGET_TOKEN }}"
    hook = "${{ secrets.BUDGET_WEBHOOK_URL }}"
    limit = "${{ vars.BUDGET_LIMIT_USD }}"
    check: dict[str, yaml.Value] = {
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        "steps": [
            {"uses": "actions/checkout@v4"},
            {
                "name": "Compare the cost of the running Machines with the budget",
                "run": f"python3 {FOLDER}/check_budget.py",
                "env": {"FLY_API_TOKEN": token, "BUDGET_WEBHOOK_URL": hook, "BUDGET_LIMIT_USD": limit},
            },
        ],
    }
    document: dict[str, yaml.Value] = {
        "name": "Fly.io budget check",
        "on": {"schedule": [{"cron": "17 6 * * *"}], "workflow_dispatch": {}},
        "permissions": {"contents": "read"},
        "jobs": {"check": check},
    }
    return yaml.write(document)
