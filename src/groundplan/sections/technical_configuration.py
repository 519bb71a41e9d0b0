"""technical_design_spec.md, Configuration: the IaC approach, where its state lies, and what sets the application up."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline

WHERE = {
    "native": "fly.toml at the root, the rest under infra/fly/",
    "terraform": "infra/aws/",
    "none": "a runbook",
}


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    plan = case.plan
    if plan is None:
        return ()
    said = case.decisions.iac
    tool = said.tool or plan.draft.code.tool
    fields = [
        Field(
            label="IaC approach",
            text=f"{w.IAC.get(tool, inline(tool))}: {WHERE.get(plan.target, 'infra/')}",
            uncertain=w.doubtful(case, "iac", "tool"),
            also=("Infrastructure as Code", "IaC", "Configuration management"),
        )
    ]
    if plan.target == "terraform":
        backend = said.state.backend
        text = inline(backend) if backend else "local until a backend is named"
        fields.append(
            Field(
                label="State", text=text, uncertain=backend is None, also=("State backend", "Terraform state")
            )
        )
    app = plan.draft.app
    fields.append(
        Field(
            label="Application",
            text=f"port {app.port}, health check at {inline(app.health_path)}",
            also=("Port",),
        )
    )
    if plan.secrets:
        names = w.listed([f"`{s.name}`" for s in plan.secrets])
        fields.append(Field(label="Secrets", text=f"{names}, by reference; no value is in the repository"))
    return tuple(fields)


SECTION = Section(key="technical_configuration", document=w.DESIGN, heading=("Configuration",), render=render)
