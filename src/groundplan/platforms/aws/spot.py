"""One region of the plan while a person or CloudFormation builds it: what it holds and how it is named."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from groundplan.model.plan import Component, Place, Plan, ScaleTrigger
from groundplan.platforms._nodes import SCALES_ON
from groundplan.platforms.aws.nights import Nights, nights
from groundplan.platforms.aws.plan import TRACKED

PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306}
METRICS = {
    "cpu": "ECSServiceAverageCPUUtilization",
    "memory": "ECSServiceAverageMemoryUtilization",
    "requests": "ALBRequestCountPerTarget",
}
VERSIONS = {"postgres": "17", "mysql": "8.4", "mariadb": "11.4"}
"""Major versions, so that an upgrade is a decision; https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/, 2026-11-24."""
CACHE_VERSION = "7.1"
_USUAL = ScaleTrigger(metric="cpu", op=">", value=Decimal(60), unit="%", assumed=True)


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    plan: Plan
    place: Place
    index: int
    several: bool

    @property
    def primary(self) -> bool:
        return self.index == 0

    @property
    def label(self) -> str:
        """Prefix of names that people see, short enough for a balancer's name and its suffixes."""
        return slug(self.plan.draft.project[:24])

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def where(self) -> str:
        """` in Frankfurt (eu-central-1)` where there are several regions, else nothing."""
        return f" in {self.place.city} ({self.code})" if self.several else ""

    @property
    def web(self) -> Component:
        return next(c for c in self.plan.role("web") if c.region == self.code)

    @property
    def serverless(self) -> bool:
        """Whether a function behind an API stands in the place of tasks behind a balancer."""
        return self.plan.service == "lambda"

    @property
    def networked(self) -> bool:
        return self.private or not self.serverless

    @property
    def runs(self) -> str:
        """What runs the application, as its security group is called."""
        return {"lambda": "function", "ec2": "instances", "eks": "nodes"}.get(self.plan.service, "tasks")

    @property
    def instances(self) -> bool:
        """Whether machines of an auto scaling group stand in the place of tasks."""
        return self.plan.service == "ec2"

    @property
    def cluster(self) -> bool:
        """Whether pods of a Kubernetes cluster stand in the place of tasks."""
        return self.plan.service == "eks"

    @property
    def on_machines(self) -> bool:
        """Whether the balancer sends requests to machines, and not to addresses of what runs on them."""
        return self.instances or self.cluster

    @property
    def private(self) -> bool:
        return any(c.key == f"nat.{self.code}" for c in self.plan.components)

    @property
    def database(self) -> Component | None:
        return next(iter(self.plan.role("database", "aws")), None) if self.primary else None

    @property
    def cache(self) -> Component | None:
        return next(iter(self.plan.role("cache", "aws")), None) if self.primary else None

    @property
    def hours(self) -> Nights | None:
        return nights(self.plan.draft.scaling.schedule)

    @property
    def key(self) -> bool:
        """Whether messages and logs are encrypted with a key of one's own."""
        return any(c.key == f"key.{self.code}" for c in self.plan.components)

    @property
    def backup_days(self) -> int:
        return 30 if self.plan.draft.quality == "secure" else 7

    @property
    def tracked(self) -> tuple[ScaleTrigger, ...]:
        """One trigger for each metric that target tracking knows; CPU where none was stated; none when manual."""
        wish = self.plan.draft.scaling
        if wish.mode == "manual":
            return ()
        known = SCALES_ON if self.cluster else TRACKED
        found = [t for t in wish.triggers if t.metric in known] or [_USUAL]
        return tuple({t.metric: t for t in found}.values())


def slug(project: str) -> str:
    """The project's name without doubled or closing hyphens, which registries and databases refuse."""
    return re.sub("-+", "-", project).strip("-")


def spots(plan: Plan) -> tuple[Spot, ...]:
    """The regions in the plan's order, the primary first."""
    several = len(plan.places) > 1
    return tuple(
        Spot(plan=plan, place=place, index=index, several=several) for index, place in enumerate(plan.places)
    )


def target_value(trigger: ScaleTrigger) -> Decimal:
    """ALBRequestCountPerTarget counts requests a minute; a rate by the second is sixty times that."""
    second = any(mark in trigger.unit.lower() for mark in ("/s", "per second", "rps", "req/s", "second"))
    return trigger.value * 60 if trigger.metric == "requests" and second else trigger.value


def night_bounds(spot: Spot, hours: Nights) -> tuple[tuple[str, str, int, int], ...]:
    """Name, schedule, minimum and maximum of the evening and the morning."""
    web = spot.web
    high = max(web.maximum, hours.count) if spot.tracked and hours.count else hours.count
    evening, morning = hours.names
    return (
        (evening, hours.evening, hours.count, high),
        (morning, hours.morning, web.minimum, web.maximum),
    )


def task_cpu(spot: Spot) -> str:
    return str(int((spot.web.cpu or Decimal(0)) * 1024))
