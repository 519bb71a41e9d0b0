"""technical_design_spec.md, Configuration: the IaC approach, where its state lies, and what sets the application up."""

from __future__ import annotations

from groundplan.model.application import App, command_text
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.plan import Plan
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline

_STATEFUL = ("terraform", "opentofu", "pulumi")


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    plan = case.plan
    if plan is None:
        return ()
    tool = case.decisions.iac.tool or plan.draft.code.tool
    app = plan.draft.app
    fields = (
        Field(
            label="IaC approach",
            text=f"{w.name(tool)}: {_where(plan)}",
            uncertain=w.doubtful(case, "iac", "tool"),
            also=("Infrastructure as Code", "IaC", "Configuration management"),
        ),
        *_state(case, tool),
        Field(
            label="Application",
            text=_application(app),
            also=("Port",),
        ),
        Field(
            label="Secrets",
            text=w.lines(
                f"{len(plan.secrets)}, by reference; no value is in the repository",
                [f"`{s.name}`: {inline(s.purpose)}" for s in plan.secrets],
            ),
            also=("Secrets needed", "Environment variables"),
        ),
    )
    return tuple(f for f in fields if f.text)


def _application(app: App) -> str:
    text = f"port {app.port}{_file(app, 'port')}, health check at {inline(app.health_path)}{_file(app, 'health_path')}"
    command = app.command or app.starts
    return text + (f", started by {inline(command_text(command))}{_file(app, 'command')}" if command else "")


def _file(app: App, field: str) -> str:
    source = app.sources.get(field)
    return f" ({inline(source.path)})" if source else ""


def _where(plan: Plan) -> str:
    if plan.target == "native":
        return "`fly.toml` at the root, the rest under `infra/fly/`"
    return f"under `infra/{plan.platform}/`" if plan.target else "written by hand"


def _state(case: Case, tool: str) -> tuple[Field, ...]:
    if tool not in _STATEFUL:
        return ()
    backend = case.decisions.iac.state.backend
    text = w.name(backend) if backend else "local until a backend is named"
    return (
        Field(
            label="State",
            text=w.joined([text, w.deeper(case, "State protection")]),
            uncertain=backend is None,
            also=("State backend", "Terraform state"),
        ),
    )


SECTION = Section(key="technical_configuration", document=w.DESIGN, heading=("Configuration",), render=render)
