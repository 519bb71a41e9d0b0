"""What the interview recommends for each question, and why. Knows wording; reads and prices nothing."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

import msgspec

from groundplan.ask.position import Suggestion
from groundplan.model.answer import Quality
from groundplan.model.decision import Decisions
from groundplan.model.question import Question


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier answers already settle."""

    quality: Quality = "production"
    decisions: Decisions = Decisions({})
    ceiling: Decimal | None = None
    """Monthly cost in USD of the plan so far at its maximum; None where nothing can be priced yet."""

    @property
    def platform(self) -> str:
        return self.decisions.hosting.primary or ""


def default_for(question: Question, known: Known) -> Suggestion:
    """The recommended answer: what was said out of turn first, else what fits the earlier decisions."""
    said = _out_of_turn(question, known.decisions)
    if said:
        return said
    make = _BY_READER.get(question.reader)
    return make(known) if make else _generic(question)


def _out_of_turn(question: Question, decisions: Decisions) -> Suggestion | None:
    for key, reading in decisions.readings.items():
        quotes = [
            remark.quote
            for remark in reading.remarks
            if remark.kind == "out_of_turn" and remark.question == question.key and remark.quote
        ]
        if quotes and key != question.key:
            return Suggestion(", ".join(dict.fromkeys(quotes)), f"you said so in your answer on {key}")
    return None


def _hosting(known: Known) -> Suggestion:
    if known.quality == "secure":
        return Suggestion(
            "AWS, ECS on Fargate",
            "private networks, alarms and audit logs are part of the platform, and no server is yours to patch",
        )
    return Suggestion("Fly.io", "the fewest parts to run and to pay for; a container can move away later")


_REGION = {
    "fly": "Single region: Ashburn, Virginia (iad)",
    "aws": "Single region: us-east-1 (N. Virginia)",
    "gcp": "Single region: us-east4 (N. Virginia)",
    "azure": "Single region: East US",
    "heroku": "Single region: US",
    "onprem": "Single region: our own servers",
}


def _regions(known: Known) -> Suggestion:
    text = _REGION.get(known.platform, "Single region: US East")
    return Suggestion(text, "one region costs least; name another where your users or your law are elsewhere")


def _scaling(known: Known) -> Suggestion:
    if known.quality in ("experiment", "prototype"):
        return Suggestion("Manual: 1 instance with 512 MB of memory", "enough to show it; nothing to watch")
    if known.platform == "fly":
        return Suggestion(
            "Auto-scale from 2 to 4 instances with 1 GB of memory each, on concurrent requests",
            "two survive the loss of one, and Fly.io's proxy starts and stops machines on requests by itself",
        )
    if known.platform in ("heroku", "onprem"):
        return Suggestion("Manual: 2 instances with 1 GB of memory each", "two survive the loss of one")
    return Suggestion(
        "Auto-scale from 2 to 4 instances with 1 GB of memory each, when CPU > 70%",
        "two survive the loss of one, and 70% leaves time to start another",
    )


_WATCH = {
    "fly": "Fly.io metrics for resources, Sentry for errors",
    "aws": "CloudWatch for logs and metrics",
    "gcp": "Cloud Monitoring for logs and metrics",
    "azure": "Azure Monitor for logs and metrics",
    "kubernetes": "Prometheus and Grafana",
}


def _monitoring(known: Known) -> Suggestion:
    tools = _WATCH.get(known.platform, "Sentry for errors, UptimeRobot for uptime")
    return Suggestion(
        f"{tools}, email alerts for downtime and for an error rate above 5%",
        "somebody hears of an outage before the users call; e-mail needs no further account",
    )


def _budget(known: Known) -> Suggestion:
    if known.ceiling is None:
        return Suggestion("$100 a month, alert at 80%", "a limit that is noticed early; change it to yours")
    amount = _round_up(known.ceiling)
    reason = f"the plan so far costs at most ${known.ceiling:.2f} a month; this leaves it some room"
    return Suggestion(f"${amount} a month, alert at 80%", reason)


def _round_up(amount: Decimal) -> int:
    """The next step of 10 (of 50 from 200 on) that is at least a tenth above `amount`."""
    step = 10 if amount < 200 else 50
    return max(step, ceil(amount * Decimal("1.1") / step) * step)


def _iac(known: Known) -> Suggestion:
    match known.platform:
        case "fly":
            return Suggestion(
                "fly.toml in the same git repository",
                "it is what Fly.io deploys from; no Terraform provider for it is kept up",
            )
        case "aws" | "gcp" | "azure":
            return Suggestion(
                "Terraform in the same git repository",
                "reviewed like code, and it can be built again elsewhere",
            )
        case _:
            return Suggestion("None: documented by hand in a runbook", "nothing else is generated for it yet")


def _generic(question: Question) -> Suggestion:
    if question.options:
        return Suggestion(question.options[0].name, "the first option of the document")
    if question.examples:
        return Suggestion(question.examples[0], "the example of the document")
    return Suggestion("To be decided", "the document gives neither options nor an example")


_BY_READER = {
    "hosting": _hosting,
    "regions": _regions,
    "scaling": _scaling,
    "monitoring": _monitoring,
    "budget": _budget,
    "iac": _iac,
}
