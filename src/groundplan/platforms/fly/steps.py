"""The steps that bring the application itself to life: account, stores, secrets, first deployment, Machines.

Knows flyctl's commands (fly.io/docs/flyctl, 2026-08-07); holds no secret, only names of secrets.
"""

from __future__ import annotations

import shlex

from groundplan.model.application import App
from groundplan.model.plan import Component, Plan
from groundplan.platforms.fly.native.alerts import alert_secrets
from groundplan.syntax.runbook import Step


def account() -> Step:
    return Step(
        title="Sign in",
        commands=(
            "fly auth login",
            "fly orgs list",
            "export ORG=personal   # or the slug that the list shows",
        ),
        check='`fly auth whoami` prints your address, and `fly orgs show "$ORG"` the organisation.',
    )


def app(plan: Plan) -> Step:
    app = quote(plan.draft.project)
    return Step(
        title="Create the application",
        commands=(f'fly apps create {app} --org "$ORG"', "fly config validate --strict"),
        note="Names are unique on all of Fly.io. Where this one is taken, change the project's name and generate anew.",
        check=f"`fly status -a {app}` knows the application.",
    )


def store(component: Component, plan: Plan) -> Step:
    if "cluster" in component.settings:
        return _postgres(component, plan)
    if "database" in component.settings:
        return _redis(component, plan)
    names = " or ".join(s.name for s in plan.secrets if s.name.endswith("_URL") and "WEBHOOK" not in s.name)
    return Step(
        title=f"Create {component.name} at {component.provider}",
        note=f"Follow the provider's own steps, near {plan.places[0].city}, and keep its address for {names}.",
        check="a client on your machine can connect with the address.",
    )


def _postgres(component: Component, plan: Plan) -> Step:
    cluster, app = quote(str(component.settings["cluster"])), quote(plan.draft.project)
    size, region = component.settings["volume_gb"], quote(str(component.region))
    tier = quote(str(component.settings["plan"]))
    return Step(
        title="Create Managed Postgres",
        commands=(
            f'fly mpg create --name {cluster} --region {region} --plan {tier} --volume-size {size} --org "$ORG"',
            'fly mpg list --org "$ORG"',
            "read -r -p 'Cluster ID from the list: ' CLUSTER",
            f'fly mpg attach "$CLUSTER" -a {app}',
        ),
        note="Attaching sets the secret DATABASE_URL. The database outlives the application: delete it by itself.",
        check=f"`fly secrets list -a {app}` shows DATABASE_URL.",
    )


def _redis(component: Component, plan: Plan) -> Step:
    name, app = quote(str(component.settings["database"])), quote(plan.draft.project)
    return Step(
        title="Create Upstash Redis",
        commands=(
            f"fly redis create --name {name} --region {quote(str(component.region))} --no-replicas "
            '--disable-eviction --org "$ORG"',
            f"fly redis update {name}   # choose the plan {component.settings['plan']}",
            f"fly redis status {name}   # shows the private address",
            *ask("REDIS_URL", app),
        ),
        note="The primary region cannot be changed later. For a cache that may forget, use --enable-eviction.",
        check=f"`fly secrets list -a {app}` shows REDIS_URL, and `fly redis status {name}` the fixed plan.",
    )


def secrets(plan: Plan) -> tuple[Step, ...]:
    mine = set(alert_secrets(plan)) | {
        "FAS_API_TOKEN",
        "FAS_PROMETHEUS_TOKEN",
        "FLY_BUDGET_TOKEN",
        "REDIS_URL",
    }
    if any("cluster" in c.settings for c in plan.components):
        mine.add("DATABASE_URL")
    names = [s for s in plan.secrets if s.name not in mine]
    if not names:
        return ()
    app = quote(plan.draft.project)
    return (
        Step(
            title="Set the application's secrets",
            commands=tuple(line for s in names for line in ask(s.name, app)),
            note="\n".join(f"- `{s.name}`: {s.purpose}" for s in names),
            check=f"`fly secrets list -a {app}` shows {', '.join(s.name for s in names)}.",
        ),
    )


def ask(name: str, app: str) -> tuple[str, ...]:
    return (
        f"read -r -s -p '{name}: ' VALUE",
        f"printf '{name}=%s\\n' \"$VALUE\" | fly secrets import --stage -a {app}",
    )


def _dockerfile(app: App) -> str:
    if app.dockerfile:
        return f"`{app.dockerfile}`"
    return (
        f"the Dockerfile in `{app.folder}`" if app.folder else "the Dockerfile at the root of the repository"
    )


def _context(app: App) -> str:
    """Where the image is built from, as fly.io/docs/launch/monorepo has it; nothing where that is the root."""
    if app.image:
        return ""
    folder = f" {app.folder} --config fly.toml" if app.folder else ""
    return folder + (f" --dockerfile {app.dockerfile}" if app.dockerfile else "")


def deploy(plan: Plan) -> Step:
    app = plan.draft.project
    note = "" if plan.draft.app.image else f"flyctl builds the image from {_dockerfile(plan.draft.app)}."
    address = quote(f"https://{app}.fly.dev{plan.draft.app.health_path}")
    return Step(
        title="Deploy",
        commands=(f"fly deploy{_context(plan.draft.app)} --ha=false -a {quote(app)}",),
        note=note,
        check=f"`curl -fsS {address}` answers, and `fly checks list -a {quote(app)}` shows only passing checks.",
    )


def count(plan: Plan) -> Step:
    app, machines = quote(plan.draft.project), plan.role("web")
    groups = len({c.settings["group"] for c in machines}) > 1
    home = str(machines[0].region)
    commands = []
    for component in machines:
        count = component.maximum
        region, group = quote(str(component.region)), str(component.settings["group"])
        target = f"{group}={count}" if groups else str(count)
        commands.append(f"fly scale count {quote(target)} --region {region} -a {app} --yes")
        if groups and component.region != home:
            commands.append(f"fly scale count {quote(f'{group}=0')} --region {quote(home)} -a {app} --yes")
    listed = ", ".join(f"{c.maximum} in {c.region}" for c in machines)
    return Step(
        title="Create the Machines",
        commands=tuple(commands),
        note=_WHY_COUNT[str(machines[0].settings["style"])],
        check=f"`fly machine list -a {app}` lists {listed}.",
    )


_WHY_COUNT = {
    "fixed": "All of them run all the time.",
    "proxy": "This is the most that can ever run: the proxy starts and stops these and creates none.",
    "autoscaler": "This is the most that can ever run: the autoscaler starts and stops these and creates none.",
}


def quote(value: str) -> str:
    return shlex.quote(value)
