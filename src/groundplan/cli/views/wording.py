"""Typed values in our own words, one row a field. Knows labels and phrases; not where they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import msgspec

from groundplan.facts import names as known
from groundplan.model.decision import (
    AlertTrigger,
    Budget,
    Chosen,
    Hosting,
    Iac,
    Monitoring,
    NamedPlace,
    Regions,
    Scaling,
    Size,
    Trigger,
    Value,
)


class Phrase(msgspec.Struct, frozen=True):
    fields: tuple[str, ...]
    """Paths of the value that the row stands for."""
    label: str
    text: str


def phrases(value: Value) -> tuple[Phrase, ...]:
    """Every field of `value` that holds something, in reading order."""
    match value:
        case Hosting():
            return tuple(_hosting(value))
        case Regions():
            return tuple(_regions(value))
        case Scaling():
            return tuple(_scaling(value))
        case Monitoring():
            return tuple(_monitoring(value))
        case Budget():
            return tuple(_budget(value))
        case Iac():
            return tuple(_iac(value))
        case Chosen():
            return tuple(_chosen(value))


@cache
def _names() -> dict[str, str]:
    from groundplan.platforms import platforms
    from groundplan.services import services

    own = {key: service.name for key, service in services().items()}
    return own | {key: platform.name for key, platform in platforms().items()}


def name(slug: str) -> str:
    """What a person calls the thing that a slug stands for."""
    return known.spelled(slug) or _names().get(slug) or known.name(slug)


_LABELS = {
    "primary": "deploy to",
    "topology": "spread",
    "initial_instances": "start with",
    "min_instances": "at least",
    "max_instances": "at most",
    "memory_mb": "size",
    "cpu": "processor",
    "triggers": "add one when",
    "scale_to_zero": "when idle",
    "alert_channels": "tells you by",
    "alert_triggers": "alert on",
    "log_days": "logs kept",
    "tools": "watched with",
    "amount": "budget",
    "alert_threshold_amount": "warn at",
    "alert_threshold_percent": "warn at",
    "further_amounts": "and at",
    "further_percents": "and at",
    "residency": "data duty",
    "repo_location": "kept in",
}


def label_of(field: str) -> str:
    """The label of a row that stands for `field` alone."""
    return _LABELS.get(field.split(".")[0], field.replace("_", " ").replace(".", " "))


def names(slugs: tuple[str, ...]) -> str:
    return ", ".join(name(slug) for slug in slugs)


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"


_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def money(amount: Decimal, currency: str | None = "USD") -> str:
    """`$100`, `$80.50`, `90 CHF`."""
    text = f"{amount:,.2f}".removesuffix(".00")
    sign = _SIGNS.get(currency or "")
    return f"{sign}{text}" if sign else f"{text} {currency or ''}".strip()


def memory(mib: int) -> str:
    return f"{number(Decimal(mib) / 1024)} GB" if mib % 256 == 0 and mib >= 1024 else f"{mib} MB"


def _some(fields: str | tuple[str, ...], label: str, text: object) -> Iterator[Phrase]:
    if text is not None and text != "":
        yield Phrase((fields,) if isinstance(fields, str) else fields, label, str(text))


def _hosting(value: Hosting) -> Iterator[Phrase]:
    others = tuple(p for p in value.platforms if p != value.primary)
    first = tuple(f"platforms.{i}" for i, p in enumerate(value.platforms) if p == value.primary)
    if value.primary:
        yield Phrase(("primary", *first), "deploy to", name(value.primary))
    for i, platform in enumerate(value.platforms):
        if platform in others:
            yield Phrase((f"platforms.{i}",), "also" if value.primary else "named", name(platform))
    yield from _some("services", "as", _services(value.services))
    for i, addon in enumerate(value.addons):
        where = f"at {name(addon.provider)}" if addon.provider else "at the same platform"
        yield Phrase((f"addons.{i}",), "queue" if addon.kind == "queue" else name(addon.kind), where)
    yield from _some("standby", "with a standby", names(value.standby))
    yield from _sizes(value.sizes)
    yield from _some("rejected", "not", names(value.rejected))


_PARTS = {"web": "each instance", "database": "database size", "cache": "cache size"}


def _sizes(sizes: tuple[Size, ...]) -> Iterator[Phrase]:
    for i, size in enumerate(sizes):
        yield Phrase((f"sizes.{i}",), _PARTS[size.part], size.name)


def _services(slugs: tuple[str, ...]) -> str:
    """ECS and Fargate are one choice: a scheduler and what it runs on."""
    if set(slugs) == {"ecs", "fargate"}:
        return "ECS on Fargate"
    return names(slugs)


_TOPOLOGY = {"single": "one region", "multi": "several regions", "global": "worldwide"}


def _regions(value: Regions) -> Iterator[Phrase]:
    yield from _some("topology", "spread", _TOPOLOGY.get(value.topology or ""))
    for i, place in enumerate(value.regions):
        yield Phrase((f"regions.{i}",), "place", _place(place))
    if value.primary and len(value.regions) > 1:
        yield Phrase(("primary",), "first in", value.primary)
    yield from _some("residency", "data duty", ", ".join(duty(law) for law in value.residency))
    if value.failover is not None:
        yield Phrase(
            ("failover",), "if one fails", "another takes over" if value.failover else "no second place"
        )
    yield from _some("users", "users are in", ", ".join(known.place(user) for user in value.users))


def duty(law: str) -> str:
    """A law by its name; a country or an area as the place where data stays."""
    areas = ("eu", "uk", "us", "eea")
    stays = f"stays in the {law.upper()}" if law in areas else f"stays in {known.place(law)}"
    return (law not in areas and known.spelled(law)) or stays


def _place(named: NamedPlace) -> str:
    area = known.place(named.country_or_area) if named.country_or_area else ""
    inside = ", ".join(p for p in (named.provider_region, area) if p and p.lower() not in named.text.lower())
    return f"{named.text} ({inside})" if inside else named.text


_MODE = {
    "manual": "by hand",
    "auto": "automatic",
    "serverless": "serverless: the platform starts what is needed",
}


def _scaling(value: Scaling) -> Iterator[Phrase]:
    yield from _some("initial_instances", "start with", _count(value.initial_instances))
    yield from _sizes(value.sizes)
    if value.memory_mb is not None:
        yield Phrase(("memory_mb",), "size", f"{memory(value.memory_mb)} memory each")
    if value.cpu is not None:
        yield Phrase(("cpu",), "processor", f"{number(value.cpu)} vCPU each")
    yield from _some("mode", "mode", _MODE.get(value.mode or ""))
    yield from _some("min_instances", "at least", _count(value.min_instances))
    yield from _some("max_instances", "at most", _count(value.max_instances))
    for i, trigger in enumerate(value.triggers):
        yield Phrase((f"triggers.{i}",), _trigger_label(trigger), _trigger(trigger))
    if value.scale_to_zero is not None:
        yield Phrase(("scale_to_zero",), "when idle", "stop all" if value.scale_to_zero else "keep running")
    yield from _some("schedule", "at set times", value.schedule)


def _count(count: int | None) -> str | None:
    return None if count is None else f"{count} instance{'' if count == 1 else 's'}"


def _trigger_label(trigger: Trigger) -> str:
    return "add one when" if trigger.op in (">", ">=") else "remove one when"


def _trigger(trigger: Trigger) -> str:
    side = "above" if trigger.op in (">", ">=") else "below"
    if trigger.value is None:
        return f"{name(trigger.metric)} is {'high' if side == 'above' else 'low'}"
    return f"{name(trigger.metric)} {side} {_quantity(trigger.value, trigger.unit)}"


def _quantity(value: Decimal, unit: str | None) -> str:
    shown = "%" if unit in ("percent", "%") else (unit or "")
    return f"{number(value)} {shown}".strip()


def _monitoring(value: Monitoring) -> Iterator[Phrase]:
    yield from _some("tools", "watched with", names(value.tools))
    yield from _some("needs", "watches", names(value.needs))
    yield from _some("alert_channels", "tells you by", names(value.alert_channels))
    for i, trigger in enumerate(value.alert_triggers):
        yield Phrase((f"alert_triggers.{i}",), "alert on", _alert(trigger))
    if value.log_days is not None:
        yield Phrase(("log_days",), "logs kept", "1 day" if value.log_days == 1 else f"{value.log_days} days")


def _alert(trigger: AlertTrigger) -> str:
    what = name(trigger.condition)
    if trigger.threshold is not None:
        what += f" above {_quantity(trigger.threshold, trigger.unit)}"
    if trigger.for_s is not None:
        what += f" for {_lasting(trigger.for_s)}"
    return f"{what}, by {name(trigger.channel)}" if trigger.channel else what


def _lasting(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"


def _budget(value: Budget) -> Iterator[Phrase]:
    if value.amount is not None:
        period = f" a {value.period}" if value.period else ""
        fields = ("amount", "currency", "period")
        yield Phrase(fields, "budget", f"{money(value.amount, value.currency)}{period}")
    if value.alert_threshold_amount is not None:
        at = money(value.alert_threshold_amount, value.currency)
        yield Phrase(("alert_threshold_amount",), "warn at", at)
    more = tuple(money(a, value.currency) for a in value.further_amounts)
    yield from _some("further_amounts", "and at", ", ".join(more))
    if value.alert_threshold_percent is not None:
        at = f"{number(value.alert_threshold_percent)} % of the budget"
        yield Phrase(("alert_threshold_percent",), "warn at", at)
    shares = tuple(f"{number(p)} %" for p in value.further_percents)
    yield from _some("further_percents", "and at", ", ".join(shares))
    yield from _some("tracking", "tracked in", names(value.tracking))
    yield from _some("optimisations", "save by", names(value.optimisations))


def _iac(value: Iac) -> Iterator[Phrase]:
    yield from _some("tool", "tool", name(value.tool) if value.tool else None)
    yield from _some("files", "files", ", ".join(value.files))
    yield from _some("state", "state in", name(value.state.backend) if value.state.backend else None)
    yield from _some("language", "language", name(value.language) if value.language else None)
    yield from _some("repo_location", "kept in", name(value.repo_location) if value.repo_location else None)


def _chosen(value: Chosen) -> Iterator[Phrase]:
    yield from _some("options", "chosen", ", ".join(value.options))
    if not value.options:
        yield from _some("text", "noted", value.text)
