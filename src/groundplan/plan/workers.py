"""Background processes that an answer counts: from the same image as the web instances, and no user waits for them.

Knows words and how often; each platform's own plan says what one instance of it costs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from groundplan.model.decision import Decisions
from groundplan.model.plan import Assumption, Component, Draft, Meter, Plan, WorkerWish
from groundplan.model.quantity import Range
from groundplan.plan.said_load import because
from groundplan.readers._spoken import spoken
from groundplan.syntax.patterns import late

_RUNNER = (
    r"(?:sidekiq|celery|resque|delayed[_ ]job|good_job|bullmq|dramatiq|huey|horizon|oban|hangfire|faktory)"
)
_UNIT = r"(?:process(?:es)?|dynos?|instances?|tasks?|machines?|pods?|containers?|consumers?)"
_NOT = r"(?!\s*(?:nodes?|threads?|groups?|per|on|each|pro)\b)"
_UP_TO = r"(?:\s*(?:to|-|–|bis|up to)\s*(?P<{}>\d{{1,3}}))?"
_COUNT = (
    r"(?<![\w.,-])(?P<{}>\d{{1,3}}|an?|one|two|three|four|ein(?:en?)?|zwei|drei|une?|deux|trois|dos|tres)"
    + _UP_TO
)
_SAID = late(
    rf"\b(?:{_COUNT.format('low', 'high')}\s*x?\s*(?P<size>[a-z]+-[\w]+\s)?\s*"
    rf"(?:(?:{_RUNNER}|background|queue|job)[ -])?(?:worker(?:s|n)?\b{_NOT}(?:[ -]{_UNIT}\b)?"
    rf"|(?<=[ -]){_RUNNER}[ -]{_UNIT}\b)"
    rf"|(?:{_RUNNER}|workers?)\s*(?:[:=x×]|with|:\s*)?\s*(?P<after>\d{{1,2}}){_UP_TO.format('most')}\b"
    rf"(?!\s*(?:[GM]i?B|v?CPU|%|threads?|messages?|jobs?)|[.,:]\d))",
    re.IGNORECASE,
)
_SERVER = late(
    r"\b(?:gunicorn|uvicorn|puma|unicorn|uwsgi|nginx|php-fpm|passenger|pm2)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
"""`gunicorn with 4 workers`: processes inside one instance."""
_MEMORY = late(r"\W{0,3}(?:with |at |of |mit |à )?(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>[GM])i?B\b", re.IGNORECASE)
_WORDS = {"two": 2, "zwei": 2, "deux": 2, "dos": 2, "three": 3, "drei": 3, "trois": 3, "tres": 3, "four": 4}
_BY_REQUEST = ("lambda",)
"""Services where a background process is another function, billed by what it is called for."""


def workers(decisions: Decisions) -> tuple[WorkerWish | None, tuple[Assumption, ...]]:
    """How many were counted, in the hosting answer or else in the one about scaling; None where none were."""
    for found in spoken(decisions, _SAID, "hosting", "scaling"):
        text, hit = found.text, found.hit
        if _SERVER.search(text[: hit.start()]):
            continue
        low = _number(hit["low"] or hit["after"])
        most = hit["high"] or hit["most"]
        high = max(int(most), low) if most else low
        memory = _MEMORY.match(text[hit.end() :])
        wish = WorkerWish(
            least=low,
            most=high,
            size=hit["size"].strip() if hit["size"] else None,
            memory_mib=int(Decimal(memory["n"]) * (1024 if memory["unit"].lower() == "g" else 1))
            if memory
            else None,
        )
        value = f"{low} to {high}" if high > low else str(low)
        reason = f"{because(hit[0].strip(), found.question)}; of the same image as the web instances"
        return wish, (Assumption(field="scaling.workers", value=value, reason=reason),)
    return None, ()


def with_workers(made: Plan, planned: Callable[[Draft], Plan], always: Mapping[str, str]) -> Plan:
    """The plan with a component for the workers in its first place, priced as that many more instances.

    `planned` makes a draft concrete; `always` names, for each price by request, the one of an instance that always
    runs.
    """
    wish = made.draft.workers
    if wish is None or made.service in _BY_REQUEST:
        return made
    first = made.draft.places[:1]
    one = planned(
        msgspec.structs.replace(
            made.draft,
            places=first,
            stores=(),
            tools=(),
            workers=None,
            scaling=msgspec.structs.replace(
                made.draft.scaling,
                mode="manual",
                minimum=1,
                initial=1,
                maximum=1,
                size=wish.size or made.draft.scaling.size,
                memory_mib=wish.memory_mib or made.draft.scaling.memory_mib,
                triggers=(),
                schedule=None,
            ),
        )
    ).role("web")[0]
    return msgspec.structs.replace(made, components=(*made.components, _component(one, wish, always)))


def _component(one: Component, wish: WorkerWish, always: Mapping[str, str]) -> Component:
    return msgspec.structs.replace(
        one,
        key=one.key.replace("web", "worker", 1),
        role="worker",
        name="Worker pods" if not one.meters else "Workers",
        minimum=wish.least,
        initial=wish.least,
        maximum=wish.most,
        meters=tuple(
            _times(m, wish, always.get(m.price, m.price))
            for m in one.meters
            if not m.price.endswith(".requests")
        ),
        settings={},
        reason="take work from a queue; they run the image of the web instances with a command of their own",
        because=("hosting", "scaling"),
    )


def _times(meter: Meter, wish: WorkerWish, price: str) -> Meter:
    """Free allowances are used up by the web instances."""
    one = meter.quantity
    counts = Range.of(wish.least, wish.least, wish.most)
    return msgspec.structs.replace(
        meter,
        price=price,
        free=Decimal(0),
        quantity=Range(
            one.floor * counts.floor, one.expected * counts.expected, one.ceiling * counts.ceiling
        ),
    )


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.get(word.lower(), 1)
