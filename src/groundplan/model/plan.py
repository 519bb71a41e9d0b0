"""The plan: every gap filled, each with its reason. Money, words and code are all made from it.

Draft is neutral (what is wanted); Plan is concrete (which SKU, how many, where) for one platform.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from groundplan.model.answer import App, Quality
from groundplan.model.quantity import Money, Range

Role = Literal[
    "web", "worker", "database", "cache", "queue", "storage", "balancer", "network", "address", "registry",
    "logs", "metrics", "errors", "uptime", "alarm", "route", "budget", "autoscaler", "egress", "secrets",
    "dns",
]  # fmt: skip


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """A gap that was filled: `field` is question.field, as in `scaling.max_instances`."""

    field: str
    value: str
    reason: str
    confirm: bool = False
    """True where a person should confirm it; documents then carry the TODO comment."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One region of the chosen platform."""

    code: str
    city: str
    country: str
    eea: bool
    said: str = ""
    """The person's words for it; empty where it was assumed."""
    zones: int | None = None


class ScaleTrigger(msgspec.Struct, frozen=True, kw_only=True):
    metric: str
    op: str
    value: Decimal
    unit: str
    assumed: bool = False


class ScalingWish(msgspec.Struct, frozen=True, kw_only=True):
    """Counts are per region."""

    mode: Literal["manual", "auto", "serverless"]
    minimum: int
    initial: int
    maximum: int
    memory_mib: int | None
    """None: not stated; the platform takes its own sensible size."""
    cpu: Decimal | None
    triggers: tuple[ScaleTrigger, ...] = ()
    schedule: str | None = None
    size: str | None = None
    """The platform's own name for one instance, where one was stated."""


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What no answer states and every bill depends on: a month at minimum, expected and maximum load, in all regions
    together."""

    egress_gb: Range = Range.of(10, 50, 200)
    log_gb: Range = Range.of(2, 5, 20)
    requests_millions: Range = Range.of(1, 5, 20)
    busy_percent: Range = Range.of(10, 30, 100)
    """Share of an instance's time in which it works on a request; only some vendors bill by it."""
    database_gb: Range = Range.flat(10)
    responders: Range = Range.of(1, 2, 2)
    """People who are paged or who sign in to a paid monitoring tool."""
    rates: dict[str, Decimal] = {}
    """What one unit of a currency is in US dollars, where a person set it."""
    stated: tuple[str, ...] = ()
    """Names of the fields that a person set."""


class NodeCount(msgspec.Struct, frozen=True):
    """Machines under a cluster, as stated."""

    least: int
    most: int


class WorkerWish(msgspec.Struct, frozen=True, kw_only=True):
    """Background processes that an answer counted, all in the first place."""

    least: int
    most: int
    size: str | None = None
    """A vendor's own name for one, where one was stated; None: as the web instances."""
    memory_mib: int | None = None


class StoreNeed(msgspec.Struct, frozen=True, kw_only=True):
    """How large a store has to be, whoever runs it."""

    memory_mib: int = 0
    cpu: Decimal = Decimal(0)
    """vCPU; 0 where none was stated."""
    steady: bool = False
    """Its processors are its own: a size that runs on credits or on a shared core does not hold it."""
    unknown: bool = False
    """A size was named and what it holds is not known, so that no other can be called as large."""
    said: str
    """`db.r6g.large, 2 vCPU and 16 GB`."""


class StoreWish(msgspec.Struct, frozen=True, kw_only=True):
    """A database, cache, queue or bucket that an answer named."""

    kind: str
    """postgres, mysql, redis, queue, object_storage …"""
    provider: str | None
    """None: at the hosting platform."""
    size: str | None = None
    """The provider's own name for it, where one was stated."""
    standby: bool = False
    """A copy in another zone that takes over."""
    need: StoreNeed | None = None
    """None: nothing was said of its size."""


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    condition: str
    threshold: Decimal | None
    unit: str | None
    window_s: int
    routes: tuple[str, ...]
    """Keys of Plan.routes that are told."""
    assumed: bool = False
    served_by: str = ""
    """The construct that raises it; filled by the platform."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    channel: str
    """email, slack, pagerduty, sms, teams, webhook …"""
    receiver: str = ""
    """Variable or secret name that holds the address; never the address of a webhook itself."""
    address: str = ""
    """A stated e-mail address; empty where it is a variable."""
    assumed: bool = False


class BudgetWish(msgspec.Struct, frozen=True, kw_only=True):
    limit: Money | None
    """Per month; None where no budget was stated."""
    said: str = ""
    thresholds_percent: tuple[Decimal, ...] = ()
    threshold_amounts: tuple[Money, ...] = ()
    """Alerts that were stated as a sum, per month, exactly; `thresholds_percent` holds them rounded."""
    tracking: tuple[str, ...] = ()
    optimisations: tuple[str, ...] = ()
    served_by: str = ""


class CodeWish(msgspec.Struct, frozen=True, kw_only=True):
    tool: str
    files: tuple[str, ...] = ()
    state_backend: str | None = None
    repo_location: str | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    project: str
    quality: Quality
    app: App
    platform: str
    service: str | None
    topology: Literal["single", "multi", "global"]
    places: tuple[Place, ...]
    """The primary first."""
    residency: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    failover: bool = False
    own_entry: bool = True
    """The answers name nothing of somebody else, such as a CDN, that stands before several regions."""
    own_machines: bool = False
    """The answer says that the servers are the person's own, so no list price is theirs."""
    scaling: ScalingWish
    nodes: NodeCount | None = None
    workers: WorkerWish | None = None
    kubernetes: str = ""
    """The stated version, as in `1.35`."""
    load: Load = Load()
    stores: tuple[StoreWish, ...] = ()
    tools: tuple[str, ...] = ()
    free_tools: tuple[str, ...] = ()
    """Those of `tools` whose free plan was named."""
    own_tools: tuple[str, ...] = ()
    """Those of `tools` that the team runs itself, beside the application."""
    needs: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    routes: tuple[Route, ...] = ()
    log_days: int | None = None
    """Days that logs are to be kept; None where nothing was said."""
    budget: BudgetWish
    code: CodeWish
    assumptions: tuple[Assumption, ...] = ()


class Meter(msgspec.Struct, frozen=True, kw_only=True):
    """What is billed: `quantity` units of `price` a month at minimum, expected and maximum load."""

    name: str
    price: str
    """Price id in Facts."""
    quantity: Range
    """Already multiplied by the number of instances."""
    assumption: str = ""
    free: Decimal = Decimal(0)
    """Quantity a month that the vendor does not bill."""


class Component(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    """Unique in the plan: `web.fra`."""
    role: Role
    name: str
    """What a person calls it: `Web Machines`."""
    provider: str
    sku: str
    region: str | None = None
    cpu: Decimal | None = None
    memory_mib: int | None = None
    minimum: int = 1
    initial: int = 1
    maximum: int = 1
    meters: tuple[Meter, ...] = ()
    settings: dict[str, str | int | bool] = {}
    """What the platform's own lowering needs; only that platform reads it."""
    reason: str = ""
    because: tuple[str, ...] = ()
    """Question keys."""


class Substitution(msgspec.Struct, frozen=True, kw_only=True):
    """An intent that the platform cannot serve by itself, and the nearest construct that the plan holds."""

    id: str
    """Id of the claim that says why: `fly.scale.metric`."""
    question: str
    intent: str
    """In the person's terms: `auto-scale when CPU > 80 %`."""
    served_by: str
    components: tuple[str, ...] = ()


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    """Environment variable, upper case."""
    purpose: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    draft: Draft
    platform: str
    service: str
    target: str
    """Lowering that is used: native, terraform …"""
    components: tuple[Component, ...]
    alarms: tuple[Alarm, ...] = ()
    routes: tuple[Route, ...] = ()
    budget: BudgetWish
    substitutions: tuple[Substitution, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    secrets: tuple[Secret, ...] = ()
    log_retention_days: int | None = None

    def role(self, role: Role, provider: str | None = None) -> tuple[Component, ...]:
        """Components with this role; with `provider`, those that it runs: a database may be somebody else's."""
        return tuple(c for c in self.components if c.role == role and provider in (None, c.provider))

    def substitution(self, id: str) -> Substitution | None:
        return next((s for s in self.substitutions if s.id == id), None)

    @property
    def places(self) -> tuple[Place, ...]:
        return self.draft.places
