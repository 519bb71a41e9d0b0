"""The steps that keep the application well: autoscaler, alarms, outside check, budget check, nights, rollback.

Knows flyctl's commands (fly.io/docs/flyctl, 2026-08-07); holds no secret, only names of secrets.
"""

from __future__ import annotations

from groundplan.model.plan import Component, Plan
from groundplan.platforms.fly.native.alerts import FOLDER as ALERTS
from groundplan.platforms.fly.native.alerts import alert_secrets
from groundplan.platforms.fly.native.apps import autoscaler_folder
from groundplan.platforms.fly.native.budget import WORKFLOW
from groundplan.platforms.fly.steps import ask, quote
from groundplan.syntax.runbook import Step


def autoscaler(component: Component, plan: Plan) -> Step:
    app, target = quote(str(component.settings["app"])), quote(plan.draft.project)
    folder = quote(autoscaler_folder(component, len(plan.role("autoscaler")) > 1))
    web = next(c for c in plan.role("web") if c.region == component.region)
    return Step(
        title=f"Deploy the autoscaler in {component.region}",
        commands=(
            f'fly apps create {app} --org "$ORG"',
            f"printf 'FAS_API_TOKEN=%s\\n' \"$(fly tokens create deploy -a {target})\" "
            f"| fly secrets import --stage -a {app}",
            f'printf \'FAS_PROMETHEUS_TOKEN=%s\\n\' "$(fly tokens create readonly --org "$ORG")" '
            f"| fly secrets import --stage -a {app}",
            f'fly deploy {folder} --ha=false -e "FAS_PROMETHEUS_ADDRESS=https://api.fly.io/prometheus/$ORG"',
        ),
        check=f"`fly logs -a {app} --no-tail` says `reconciling` with a target, and within a minute "
        f"`fly machine list -a {target}` shows {web.minimum} started in {web.region}.",
    )


def alerts(plan: Plan) -> tuple[Step, ...]:
    component = next((c for c in plan.role("alarm") if "app" in c.settings), None)
    if component is None:
        return ()
    app = quote(str(component.settings["app"]))
    typed = [name for name in alert_secrets(plan) if name != "FLY_PROMETHEUS_TOKEN"]
    purposes = {s.name: s.purpose for s in plan.secrets}
    return (
        Step(
            title="Deploy the alert rules",
            commands=(
                f'fly apps create {app} --org "$ORG"',
                f'printf \'FLY_PROMETHEUS_TOKEN=%s\\n\' "$(fly tokens create readonly --org "$ORG")" '
                f"| fly secrets import --stage -a {app}",
                *(line for name in typed for line in ask(name, app)),
                f'fly deploy {ALERTS} --ha=false -e "PROMETHEUS_URL=https://api.fly.io/prometheus/$ORG"',
                f"fly ssh console -a {app} -C "
                "'amtool alert add GroundplanTest --alertmanager.url=http://127.0.0.1:9093'",
            ),
            note="\n".join(f"- `{name}`: {purposes[name]}" for name in typed),
            check=f"the receiver gets `GroundplanTest` within a minute, and `fly logs -a {app} --no-tail` shows no "
            "error from vmalert.",
        ),
    )


def outside(plan: Plan) -> tuple[Step, ...]:
    check = next(iter(plan.role("uptime")), None)
    if check is None:
        return ()
    address = f"https://{plan.draft.project}.fly.dev{plan.draft.app.health_path}"
    told = dict.fromkeys(r for a in plan.alarms if a.condition == "downtime" for r in a.routes)
    return (
        Step(
            title=f"Watch from outside with {check.name}",
            note=f"Add an HTTP(s) monitor for `{address}` whose contact is {' and '.join(told) or 'the receiver'}. "
            "The alert app runs on Fly.io and goes down together with it; this check does not.",
            check="the monitor is green; after `fly scale count 0` on a test application, its receiver is told.",
        ),
    )


_DOLLARS: dict[bool, tuple[str, ...]] = {
    True: (),
    False: (
        "read -r -p 'The limit in US dollars: ' BUDGET_LIMIT_USD && export BUDGET_LIMIT_USD",
        'gh variable set BUDGET_LIMIT_USD --body "$BUDGET_LIMIT_USD"',
    ),
}
"""Fly.io bills in dollars; a limit in another currency is converted by a person, once."""


def budget(plan: Plan) -> tuple[Step, ...]:
    if not plan.role("budget") or plan.budget.limit is None:
        return ()
    limit = plan.budget.limit
    percent = plan.role("budget")[0].settings["fail_at_percent"]
    return (
        Step(
            title="Schedule the budget check",
            commands=(
                *_DOLLARS[limit.currency == "USD"],
                'FLY_API_TOKEN="$(fly tokens create readonly --org "$ORG")" python3 infra/fly/budget/check_budget.py',
                'fly tokens create readonly --org "$ORG" | gh secret set FLY_BUDGET_TOKEN',
                "mkdir -p .github/workflows",
                f"cp {WORKFLOW} .github/workflows/fly-budget-check.yml",
            ),
            note=f"The check fails at {percent} % of {limit.amount} {limit.currency} a month; GitHub mails a failed "
            "schedule to who wrote it last. Set the secret BUDGET_WEBHOOK_URL to post it to a channel as well. "
            "Traffic is counted as assumed, not as measured: the dashboard's month to date stays the truth.",
            check="the script prints the projected cost; it exits with 0 (below), 1 (at or above) or 2 (unknown).",
        ),
    )


def nights(plan: Plan) -> tuple[Step, ...]:
    wanted = {"scale_down_off_hours", "scale_to_zero"} & set(plan.budget.optimisations)
    if not wanted and not plan.draft.scaling.schedule:
        return ()
    app = quote(f"{plan.draft.project}-dev")
    return (
        Step(
            title="Quieter at night",
            note="Fly.io has no schedule for this. In the fly.toml of a development application set "
            '`auto_stop_machines = "stop"`, `auto_start_machines = true` and `min_machines_running = 0`: '
            "without requests its Machines stop within minutes and cost their root file system alone.",
            check=f"an hour after the last request `fly machine list -a {app}` shows every Machine stopped.",
        ),
    )


def rollback(plan: Plan) -> Step:
    app = quote(plan.draft.project)
    return Step(
        title="Go back to an earlier release",
        commands=(
            f"fly releases -a {app} --image",
            "read -r -p 'Image of the release to return to: ' IMAGE",
            f'fly deploy --image "$IMAGE" -a {app}',
        ),
        note="For the day that needs it. Changes of the database's schema are not undone by it.",
        check=f"`fly checks list -a {app}` shows only passing checks.",
    )
