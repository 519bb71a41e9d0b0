"""technical_design_spec.md, Performance & Scalability: counts, triggers, what stands in, what it costs at the peak."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    plan = case.plan
    if plan is None:
        return ()
    wish = plan.draft.scaling
    low, start, high = w.counts(plan)
    fields = [
        Field(
            label="Scaling strategy",
            text=f"{wish.mode}, {low} to {high} instances"
            if high > low
            else f"{wish.mode}, {start} instances",
            uncertain=w.doubtful(case, "scaling", "mode"),
            also=("Scaling", "Scaling strategies", "Scalability"),
        ),
        Field(
            label="Instance size",
            text=w.size(plan),
            uncertain=w.doubtful(case, "scaling", "memory", "cpu"),
            also=("Resources", "Initial resources"),
        ),
        Field(
            label="Capacity",
            text=f"{start} at the start, at least {low}, at most {high}"
            + (f", over {len(plan.places)} regions" if len(plan.places) > 1 else ""),
            uncertain=w.doubtful(case, "scaling", "min", "max", "initial"),
            also=("Limits",),
        ),
    ]
    triggers = [w.trigger(t) for t in wish.triggers]
    if triggers:
        fields.append(
            Field(
                label="Scaling triggers",
                text=w.listed(triggers),
                uncertain=w.doubtful(case, "scaling", "triggers"),
                also=("Triggers",),
            )
        )
    for line in w.served(case, "scaling"):
        fields.append(Field(label="How it is served", text=line))
    if wish.schedule:
        fields.append(Field(label="Schedule", text=inline(wish.schedule)))
    stores = [inline(c.name) for c in plan.components if c.role in ("database", "cache", "queue")]
    if stores:
        fields.append(Field(label="State", text=f"instances are stateless; state is in {w.listed(stores)}"))
    return tuple(fields)


SECTION = Section(
    key="technical_scaling", document=w.DESIGN, heading=("Performance & Scalability",), render=render
)
