"""Draft to Plan: sizes, tasks, balancer, network, stores, alarms. Knows no Terraform; gaps are named beside it."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import (
    Assumption,
    Component,
    Draft,
    Meter,
    Place,
    Plan,
    ScalingWish,
    Secret,
    Substitution,
)
from groundplan.model.quantity import Range
from groundplan.platforms.aws.compute import Compute, compute
from groundplan.platforms.aws.entry import entry
from groundplan.platforms.aws.gaps import by_hours, gap, gaps
from groundplan.platforms.aws.retention import log_days
from groundplan.platforms.aws.stores import stores
from groundplan.platforms.aws.watching import alarms_of, routes_of, watching

HOURS = 730
TRACKED = ("cpu", "memory", "requests")


def plan(draft: Draft, facts: Facts) -> Plan:
    """Plan one service per region behind its own balancer; the first region holds the databases."""
    other = compute(draft, facts)
    if other:
        return _with(draft, other, facts)
    size, size_gaps = _size(draft, facts)
    low, start, high = _counts(draft.scaling)
    components: list[Component] = []
    for place in draft.places:
        components += [
            _web(draft, place, size, (low, start, high)),
            _balancer(place),
            *(_network(draft, place) if private(draft) else []),
        ]
        components.append(_egress(draft, place))
    made, secrets, store_gaps = stores(draft, facts)
    alarms = alarms_of(draft)
    components += [*made, *watching(draft, alarms), _registry(draft.places[0], "registry")]
    components += [*_kept_secrets(made, secrets), *entry(draft)]
    if draft.budget.limit:
        components.append(_budget())
    return Plan(
        draft=draft,
        platform="aws",
        service="fargate",
        target="terraform",
        components=tuple(components),
        alarms=alarms,
        routes=routes_of(draft),
        budget=draft.budget,
        substitutions=_substitutions(draft),
        assumptions=draft.assumptions + size_gaps + store_gaps + gaps(draft, private=private(draft)),
        secrets=secrets,
        log_retention_days=log_days(draft),
    )


def _with(draft: Draft, by_place: dict[str, Compute], facts: Facts) -> Plan:
    """The same surroundings for another service than Fargate; a function needs a network for databases alone."""
    first = by_place[draft.places[0].code]
    made, secrets, store_gaps = stores(draft, facts)
    components: list[Component] = []
    for place in draft.places:
        stored = bool(made) and place == draft.places[0]
        components += by_place[place.code].parts
        components += [_balancer(place)] if first.balancer else []
        if stored if first.serverless else private(draft):
            components += _network(draft, place)
        components.append(_egress(draft, place))
    alarms = alarms_of(draft, first.alarms)
    components += [*made, *watching(draft, alarms)]
    components += _registries(draft, first)
    components += [*_kept_secrets(made, secrets), *entry(draft)]
    components += [_budget()] if draft.budget.limit else []
    networked = any(c.key.startswith("nat.") for c in components)
    scheduled = not first.serverless or any(c.role == "web" and c.minimum for c in components)
    scheduled = scheduled and first.service != "eks"
    return Plan(
        draft=draft,
        platform="aws",
        service=first.service,
        target="",
        components=tuple(components),
        alarms=alarms,
        routes=routes_of(draft),
        budget=draft.budget,
        substitutions=first.substitutions,
        assumptions=draft.assumptions
        + first.assumptions
        + store_gaps
        + gaps(draft, private=networked, scheduled=scheduled),
        secrets=secrets,
        log_retention_days=log_days(draft),
    )


def _registries(draft: Draft, of: Compute) -> list[Component]:
    """A function takes images from the registry of its own region alone; everything else shares one."""
    if not of.registry:
        return []
    places = draft.places if of.serverless else draft.places[:1]
    return [_registry(p, f"registry.{p.code}" if i else "registry") for i, p in enumerate(places)]


def private(draft: Draft) -> bool:
    """Whether tasks lie in private subnets behind a NAT gateway: in production and secure."""
    return draft.quality in ("production", "secure")


def _size(draft: Draft, facts: Facts) -> tuple[Sku, tuple[Assumption, ...]]:
    wish = draft.scaling
    memory, cpu = wish.memory_mib or 1024, wish.cpu or 0
    fits = [s for s in facts.skus.get("aws", {}).values() if s.memory_mib >= memory and s.cpu >= cpu]
    fits = [s for s in fits if s.kind == "fargate" and (wish.cpu is not None or s.cpu * 1024 >= 512)]
    every = [s for s in facts.skus["aws"].values() if s.kind == "fargate"]
    chosen = min(fits or every, key=lambda s: (s.cpu, s.memory_mib))
    gaps = []
    if wish.memory_mib is None:
        gaps.append(gap("scaling.memory_mb", str(chosen.memory_mib), "a usual size for a web service", True))
    elif chosen.memory_mib != memory:
        gaps.append(
            gap("scaling.memory_mb", str(chosen.memory_mib), "the smallest Fargate size that covers it")
        )
    if wish.cpu is None:
        gaps.append(gap("scaling.cpu", f"{chosen.cpu:f}", "half a vCPU, or what the memory needs on Fargate"))
    return chosen, tuple(gaps)


def _counts(wish: ScalingWish) -> tuple[int, int, int]:
    low = max(wish.minimum, 1)
    start = max(wish.initial, low)
    return low, start, max(wish.maximum, start)


def _web(draft: Draft, place: Place, size: Sku, counts: tuple[int, int, int]) -> Component:
    low, start, high = counts
    hours = Range.of(low, start, high).times(HOURS * size.cpu)
    memory = Range.of(low, start, high).times(Decimal(HOURS * size.memory_mib) / 1024)
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="Fargate tasks",
        provider="aws",
        sku=size.id,
        region=place.code,
        cpu=size.cpu,
        memory_mib=size.memory_mib,
        minimum=low,
        initial=start,
        maximum=high,
        meters=(
            Meter(name="Task vCPU", price="aws.fargate.vcpu", quantity=hours, assumption="730 hours a month"),
            Meter(
                name="Task memory", price="aws.fargate.gb", quantity=memory, assumption="730 hours a month"
            ),
        ),
        settings=by_hours(draft),
        reason="the smallest Fargate size that covers what was stated",
        because=("hosting", "scaling"),
    )


def _balancer(place: Place) -> Component:
    return Component(
        key=f"balancer.{place.code}",
        role="balancer",
        name="Application Load Balancer",
        provider="aws",
        sku="application",
        region=place.code,
        meters=(
            Meter(name="Balancer hours", price="aws.alb.hour", quantity=Range.flat(HOURS)),
            Meter(
                name="Balancer capacity units",
                price="aws.alb.lcu",
                quantity=Range.of(HOURS // 10, HOURS // 4, HOURS),
                assumption="0.1, 0.25 and 1 unit on average",
            ),
            Meter(name="Balancer public IPv4", price="aws.ipv4.hour", quantity=Range.flat(2 * HOURS)),
        ),
        reason="spreads requests over tasks and zones, and ends TLS",
        because=("hosting",),
    )


def _network(draft: Draft, place: Place) -> list[Component]:
    made = Component(
        key=f"nat.{place.code}",
        role="network",
        name="NAT gateway",
        provider="aws",
        sku="one",
        region=place.code,
        meters=(
            Meter(name="NAT gateway hours", price="aws.nat.hour", quantity=Range.flat(HOURS)),
            Meter(
                name="NAT traffic",
                price="aws.nat.gb",
                quantity=draft.load.egress_gb.share(len(draft.places)),
                assumption=_gb(draft),
            ),
            Meter(name="NAT public IPv4", price="aws.ipv4.hour", quantity=Range.flat(HOURS)),
        ),
        reason="tasks reach the internet without being reachable; one gateway, whose zone is a single point of failure",
        because=("hosting",),
    )
    return [made]


def _gb(draft: Draft) -> str:
    gb = draft.load.egress_gb
    return f"{gb.floor:f}, {gb.expected:f} and {gb.ceiling:f} GB a month in all"


def _egress(draft: Draft, place: Place) -> Component:
    return Component(
        key=f"egress.{place.code}",
        role="egress",
        name="Traffic to the internet",
        provider="aws",
        sku="egress",
        region=place.code,
        meters=(
            Meter(
                name="Traffic to the internet",
                price="aws.egress.gb",
                quantity=draft.load.egress_gb.share(len(draft.places)),
                assumption=f"{_gb(draft)}; the free 100 GB of an account are not taken off",
            ),
        ),
        reason="answers to users leave the region",
    )


def _registry(place: Place, key: str) -> Component:
    return Component(
        key=key,
        role="registry",
        name="ECR repository",
        provider="aws",
        sku="ecr",
        region=place.code,
        meters=(
            Meter(name="Images", price="aws.ecr.gb", quantity=Range.flat(5), assumption="5 GB of images"),
        ),
        reason="holds the image that the application runs from",
    )


def _kept_secrets(made: list[Component], secrets: tuple[Secret, ...]) -> list[Component]:
    """One secret for each address that the tasks read, and the one that RDS keeps for its own password."""
    count = len(secrets) + sum(1 for c in made if c.role == "database")
    if not count:
        return []
    meter = Meter(name="Secrets", price="aws.secret", quantity=Range.flat(count))
    kept = Component(
        key="secrets",
        role="secrets",
        name="Secrets Manager",
        provider="aws",
        sku="secret",
        meters=(meter,),
        reason="passwords and addresses are kept there and read at start",
        because=("hosting",),
    )
    return [kept]


def _budget() -> Component:
    return Component(
        key="budget",
        role="budget",
        name="AWS Budgets",
        provider="aws",
        sku="cost budget",
        reason="tells at the stated thresholds; the first two budgets cost nothing",
        because=("budget",),
    )


def _substitutions(draft: Draft) -> tuple[Substitution, ...]:
    odd = [t for t in draft.scaling.triggers if t.metric not in TRACKED]
    if not odd:
        return ()
    words = " and ".join(f"{t.metric.replace('_', ' ')} {t.op} {t.value:f} {t.unit}" for t in odd)
    found = Substitution(
        id="aws.fargate.metric",
        question="scaling",
        intent=f"scale when {words}",
        served_by="target tracking on CPU at 60 %",
        components=tuple(f"web.{p.code}" for p in draft.places),
    )
    return (found,)
