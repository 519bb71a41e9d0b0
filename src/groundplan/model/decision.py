"""What was understood from an answer: typed values, each with the words that caused it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec

V = TypeVar("V")

Status = Literal["ok", "unclear", "unknown", "default"]
Basis = Literal["stated", "inferred", "assumed"]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """The words `text[start:end]` of the answer (code points) that caused the value of `field`."""

    field: str
    """Path inside the value: `max_instances`, `triggers.0`, `addons.1.provider`."""
    start: int
    end: int
    text: str
    basis: Basis = "stated"


class Choice(msgspec.Struct, frozen=True):
    label: str
    sets: dict[str, Any] = {}
    """Field -> value; the fields of the question's value that this choice settles."""


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    field: str
    text: str
    """A short question that quotes the words in doubt."""
    choices: tuple[Choice, ...] = ()


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Words that carry information and became no field, or a note on how they were taken."""

    kind: Literal["unused", "out_of_turn", "planned", "rejected", "note", "deferred"]
    text: str
    quote: str = ""
    start: int = 0
    end: int = 0
    question: str | None = None
    """For `out_of_turn`: the question that these words answer."""


class Addon(msgspec.Struct, frozen=True):
    kind: str
    provider: str | None = None


class Size(msgspec.Struct, frozen=True):
    """A size by its vendor's own name: `db.t4g.small`, `standard-2x`."""

    provider: str
    part: Literal["web", "database", "cache"]
    name: str


class Hosting(msgspec.Struct, frozen=True, kw_only=True):
    platforms: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    primary: str | None = None
    rejected: tuple[str, ...] = ()
    addons: tuple[Addon, ...] = ()
    standby: tuple[str, ...] = ()
    """Kinds of `addons` that are to have a copy in another zone which takes over."""
    sizes: tuple[Size, ...] = ()


class NamedPlace(msgspec.Struct, frozen=True):
    text: str
    country_or_area: str | None = None
    """ISO 3166 code in lower case (`de`), or an area: us, eu, apac."""
    provider_region: str | None = None


class Regions(msgspec.Struct, frozen=True, kw_only=True):
    topology: Literal["single", "multi", "global"] | None = None
    regions: tuple[NamedPlace, ...] = ()
    primary: str | None = None
    """The `text` of one of `regions`."""
    residency: tuple[str, ...] = ()
    failover: bool | None = None
    users: tuple[str, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    metric: str
    """cpu, memory, requests, p95_latency or queue."""
    op: Literal[">", ">=", "<", "<="] = ">"
    value: Decimal | None = None
    unit: str | None = None


class Scaling(msgspec.Struct, frozen=True, kw_only=True):
    mode: Literal["manual", "auto", "serverless"] | None = None
    initial_instances: int | None = None
    min_instances: int | None = None
    max_instances: int | None = None
    memory_mb: int | None = None
    """Per instance; 1 GB is 1024."""
    cpu: Decimal | None = None
    """vCPU per instance."""
    triggers: tuple[Trigger, ...] = ()
    scale_to_zero: bool | None = None
    schedule: str | None = None
    sizes: tuple[Size, ...] = ()


class AlertTrigger(msgspec.Struct, frozen=True):
    condition: str
    """downtime, error_rate, cpu, memory, latency, disk or queue."""
    threshold: Decimal | None = None
    unit: str | None = None
    channel: str | None = None
    for_s: int | None = None
    """Seconds that it must last before anybody is told."""


class Monitoring(msgspec.Struct, frozen=True, kw_only=True):
    tools: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    alert_channels: tuple[str, ...] = ()
    alert_triggers: tuple[AlertTrigger, ...] = ()
    log_days: int | None = None
    """Days that logs are kept."""


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    amount: Decimal | None = None
    currency: str | None = None
    period: str | None = None
    alert_threshold_amount: Decimal | None = None
    alert_threshold_percent: Decimal | None = None
    further_amounts: tuple[Decimal, ...] = ()
    """Alerts above `alert_threshold_amount`, rising."""
    further_percents: tuple[Decimal, ...] = ()
    """Alerts above `alert_threshold_percent`, rising."""
    tracking: tuple[str, ...] = ()
    optimisations: tuple[str, ...] = ()


class State(msgspec.Struct, frozen=True):
    backend: str | None = None


class Iac(msgspec.Struct, frozen=True, kw_only=True):
    tool: str | None = None
    files: tuple[str, ...] = ()
    state: State = State()
    language: str | None = None
    repo_location: str | None = None


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The value of the stock `choice` and `text` readers."""

    options: tuple[str, ...] = ()
    text: str = ""


Value: TypeAlias = Hosting | Regions | Scaling | Monitoring | Budget | Iac | Chosen


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    text: str
    status: Status
    value: Value
    spans: tuple[Span, ...] = ()
    unclear: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    """At most two, the most consequential first."""
    remarks: tuple[Remark, ...] = ()
    corrected: tuple[str, ...] = ()
    """Fields that a person set directly; they won over the text."""


class Decisions(msgspec.Struct, frozen=True):
    """All readings by question key; an unanswered question has the empty value."""

    readings: dict[str, Reading]

    @property
    def hosting(self) -> Hosting:
        return self._value("hosting", Hosting)

    @property
    def regions(self) -> Regions:
        return self._value("regions", Regions)

    @property
    def scaling(self) -> Scaling:
        return self._value("scaling", Scaling)

    @property
    def monitoring(self) -> Monitoring:
        return self._value("monitoring", Monitoring)

    @property
    def budget(self) -> Budget:
        return self._value("budget", Budget)

    @property
    def iac(self) -> Iac:
        return self._value("iac", Iac)

    def words(self, question: str, field: str) -> Span | None:
        """The first span that caused `field` of `question`."""
        reading = self.readings.get(question)
        spans = reading.spans if reading else ()
        return next((s for s in spans if s.field == field or s.field.startswith(field + ".")), None)

    def _value(self, key: str, kind: type[V]) -> V:
        reading = self.readings.get(key)
        return reading.value if reading and isinstance(reading.value, kind) else kind()
