"""The same plan billed another way: another processor, or a promise for a year. Knows no vendor; facts name the ways."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from groundplan import price
from groundplan.model.estimate import Estimate, Remedy
from groundplan.model.infrastructure import Alternative, Facts
from groundplan.model.plan import Component, Plan
from groundplan.model.quantity import Range


def billed_otherwise(made: Plan, estimate: Estimate, facts: Facts) -> Iterator[Remedy]:
    """Each way of the plan's own vendor that has prices here and costs less at the maximum."""
    for way in facts.alternatives.values():
        if way.provider != made.platform:
            continue
        total = _swapped(made, estimate, way, facts) if way.swaps else _promised(made, estimate, way, facts)
        if total is not None and total.ceiling < estimate.judged.ceiling:
            yield Remedy(
                change=way.change,
                question="budget" if way.prefix else "scaling",
                total=total,
                saves=estimate.judged.ceiling - total.ceiling,
                costs=way.costs,
                about=estimate.like is not None,
            )


def _swapped(made: Plan, estimate: Estimate, way: Alternative, facts: Facts) -> Range | None:
    """None where one of the other prices is not known in a region of the plan."""
    components = tuple(_with_prices(c, way.swaps) for c in made.components)
    if components == made.components:
        return None
    cost = price.price(msgspec.structs.replace(made, components=components), facts)
    return None if len(cost.missing) > len(estimate.missing) else cost.judged


def _with_prices(component: Component, swaps: dict[str, str]) -> Component:
    meters = tuple(msgspec.structs.replace(m, price=swaps.get(m.price, m.price)) for m in component.meters)
    return msgspec.structs.replace(component, meters=meters)


def _promised(made: Plan, estimate: Estimate, way: Alternative, facts: Facts) -> Range | None:
    """What always runs costs less; what comes and goes is billed as before."""
    always = Decimal(0)
    for component in made.components:
        for meter in component.meters:
            known = facts.price(meter.price, component.region)
            if known is not None and meter.price.startswith(way.prefix):
                always += meter.quantity.floor * known.amount
    if not always:
        return None
    saved = (always * (1 - way.factor)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    total = estimate.judged
    return Range(total.floor - saved, total.expected - saved, total.ceiling - saved)
