"""technical_design_spec.md, Performance & Scalability: topology, counts, triggers and what stands in."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import Latency
from groundplan.model.knowledge import Section
from groundplan.model.plan import Plan
from groundplan.model.spec import Field
from groundplan.sections import _answers as said
from groundplan.sections import _words as w
from groundplan.sections._topology import topology
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    plan = case.plan
    if plan is None:
        return ()
    chosen = next((o for o in case.options if o.chosen), None)
    fields = (
        Field(label="Topology", text=_topology(plan), drawing=topology(plan), also=("Architecture diagram",)),
        *_capacity(case, plan),
        Field(
            label="Scaling triggers",
            text=w.listed([w.trigger(t) for t in plan.draft.scaling.triggers]),
            uncertain=w.doubtful(case, "scaling", "triggers"),
            also=("Triggers",),
        ),
        Field(label="How scaling is served", text=w.joined(w.served(case, "scaling")), also=("How it is served",)),
        Field(label="Schedule", text=inline(plan.draft.scaling.schedule or "")),
        Field(label="Latency", text=_latency(chosen.latency if chosen else ()), also=("Network latency",)),
        Field(label="Availability", text=w.joined([said.failover(plan), _promised(chosen.sla if chosen else "")])),
        Field(label="State", text=_state(plan)),
    )  # fmt: skip
    return tuple(f for f in fields if f.text)


def _capacity(case: Case, plan: Plan) -> tuple[Field, ...]:
    wish = plan.draft.scaling
    low, start, high = w.counts(plan)
    mode = {"auto": "automatic", "manual": "by hand"}.get(wish.mode, wish.mode)
    many = f", over {len(plan.places)} regions" if len(plan.places) > 1 else ""
    return (
        Field(
            label="Scaling strategy",
            text=f"{mode}, {low} to {high} instances{many}"
            if high > low
            else f"{mode}, {w.counted(start, 'instance')}",
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
            text=f"{start} at the start, at least {low}, at most {high}" if high > low else "",
            uncertain=w.doubtful(case, "scaling", "min", "max", "initial"),
            also=("Limits",),
        ),
        Field(label="Workers", text=_workers(plan), also=("Background workers", "Background jobs")),
    )


def _workers(plan: Plan) -> str:
    found = w.workers(plan)
    if found is None:
        return ""
    count = f"{found.minimum} to {found.maximum} workers" if found.maximum > found.minimum else ""
    code = "; no code for them is written" if plan.target else ""
    return f"{count or w.counted(found.minimum, 'worker')} beside the instances, {inline(found.sku)}{code}"


def _topology(plan: Plan) -> str:
    stores = w.listed([w.store(c, plan.platform) for c in w.stores(plan)])
    text = f"{w.name(plan.platform)} in {w.listed([inline(p.code) for p in plan.places])}"
    return f"{text}, with {stores}" if stores else text


def _latency(found: tuple[Latency, ...]) -> str:
    rows = [
        f"from the centre of {w.place(one.users)} to {inline(one.region)} about {one.expected_ms} ms a round trip"
        for one in found
    ]
    return (
        f"{w.joined(rows)}; computed from the distance; the edges and the last mile come on top"
        if rows
        else ""
    )


def _promised(sla: str) -> str:
    return f"the platform promises {inline(sla)}" if sla and not sla.startswith("no ") else ""


def _state(plan: Plan) -> str:
    stores = w.listed([w.store(c, plan.platform) for c in w.stores(plan)])
    return f"instances are stateless; state is in {stores}" if stores else ""


SECTION = Section(
    key="technical_scaling", document=w.DESIGN, heading=("Performance & Scalability",), render=render
)
