"""What nobody said and the plan decides, and what stays to do by hand. Knows no component."""

from __future__ import annotations

from groundplan.model.plan import Assumption, Draft
from groundplan.platforms.aws.entry import needed, policy
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.watching import unserved


def gaps(draft: Draft, *, private: bool, scheduled: bool = True) -> tuple[Assumption, ...]:
    """Everything but sizes and stores, which say it themselves; `private` is whether there is a NAT gateway.

    `scheduled` is whether hours can change anything at all.
    """
    gaps = [_network(draft.service)] if private else []
    if len(draft.places) > 1:
        gaps += _elsewhere(draft)
    limit = draft.budget.limit
    if limit and limit.currency != "USD":
        reason = f"AWS Budgets takes dollars alone; the variable budget_limit_usd holds {limit.amount:f} {limit.currency}"
        gaps.append(gap("budget.currency", "USD at AWS", reason, True))
    for channel in unserved(draft):
        reason = "AWS has no way to it; connect the topic that is made for it by hand"
        gaps.append(gap("monitoring.alert_channels", f"`{channel}` by hand", reason, True))
    if draft.scaling.schedule and scheduled:
        gaps.append(_hours(draft.scaling.schedule))
    if draft.service != "lambda" and draft.scaling.mode != "manual" and not draft.scaling.triggers:
        gaps.append(
            gap(
                "scaling.triggers",
                "CPU at 60 %",
                f"leaves room for the time a new {_RUNS.get(draft.service or '', 'tasks')[:-1]} needs",
                True,
            )
        )
    return tuple(gaps)


_RUNS = {"lambda": "functions", "ec2": "instances", "ecs_ec2": "instances", "eks": "pods"}
"""What runs the application, in the words of each service."""


def _network(service: str | None) -> Assumption:
    if service == "lambda":
        reason = "the database is in no public network, and from there the function needs a way out"
        return gap("hosting.network", "the function in private subnets, one NAT gateway", reason, True)
    runs = _RUNS.get(service or "", "tasks")
    reason = f"safe by default; public {runs} would cost less"
    return gap("hosting.network", f"private {runs}, one NAT gateway", reason)


def _elsewhere(draft: Draft) -> list[Assumption]:
    """What several regions need: one name before them, and the data of the first."""
    gaps = [_name(draft)]
    if any(s.provider in (None, "aws") for s in draft.stores):
        first = draft.places[0].code
        runs = _RUNS.get(draft.service or "", "tasks")
        reason = f"{runs} outside {first} are given no address of it; add a replica or a connection between the networks"
        gaps.append(gap("hosting.addons", f"databases and caches in {first} alone", reason, True))
    return gaps


def _name(draft: Draft) -> Assumption:
    if needed(draft):
        followed = "a check of each API" if draft.service == "lambda" else "the health of the balancers"
        reason = f"it follows {followed}; where the name lies elsewhere, delegate it to a zone there"
        return gap("regions.dns", f"{policy(draft)} records in a Route 53 zone of yours", reason, True)
    made = "an API" if draft.service == "lambda" else "a balancer"
    reason = f"the code makes {made} in each region; health-checked records for the name are yours to add"
    return gap("regions.dns", "DNS by hand", reason, True)


def _hours(said: str) -> Assumption:
    found = nights(said)
    if found is None:
        reason = "these hours are not built; add them to infra/aws/scaling.tf by hand"
        return gap("scaling.schedule", f"`{said}` by hand", reason, True)
    reason = "these hours are the answer's" if found.stated else "no hours were stated"
    value = f"{found.count} from {found.said}, {found.zone}"
    return gap("scaling.schedule", value, f"{reason}; the variable schedule_timezone moves them", True)


def by_hours(draft: Draft) -> dict[str, str | int | bool]:
    """The schedule as a setting of what it changes; nothing where it is not built."""
    return {"schedule": str(draft.scaling.schedule)} if nights(draft.scaling.schedule) else {}


def gap(field: str, value: str, reason: str, confirm: bool = False) -> Assumption:
    return Assumption(field=field, value=value, reason=reason, confirm=confirm)
