"""Drafts and answers for the tests of money."""

from decimal import Decimal

from groundplan import facts, pipeline, plan
from groundplan.facts import geography
from groundplan.model.answer import Answer, Answers, App, Project
from groundplan.model.decision import Decisions
from groundplan.model.plan import BudgetWish, CodeWish, Draft, Place, ScaleTrigger, ScalingWish, StoreWish
from groundplan.model.quantity import Money, Range
from groundplan.phases import builtin

FACTS = facts.load()
HOMES = {"fly": "iad", "aws": "us-east-1", "gcp": "us-central1", "azure": "eastus", "heroku": "us"}
PLATFORMS = (*HOMES, "kubernetes", "onprem")


def place(platform: str, code: str) -> Place:
    region = FACTS.regions.get(platform, {}).get(code)
    if region is None:
        return Place(code=code, city=code, country="DE", eea=True, said=code)
    return Place(
        code=code, city=region.city, country=region.country, eea=region.eea, said="", zones=region.zones
    )


def draft(
    platform: str,
    *codes: str,
    mode: str = "auto",
    counts: tuple[int, int, int] = (1, 2, 4),
    memory: int | None = 1024,
    metric: str = "cpu",
    quality: str = "production",
    stores: tuple[str, ...] = (),
    tools: tuple[str, ...] = (),
    budget: str | None = None,
    currency: str = "USD",
    residency: tuple[str, ...] = (),
    **load: Range,
) -> Draft:
    from groundplan.model.plan import Load

    codes = codes or (HOMES.get(platform, "berlin"),)
    low, start, high = counts
    return Draft(
        project="orders",
        quality=quality,
        app=App(),
        platform=platform,
        service=None,
        topology="single" if len(codes) == 1 else "multi",
        places=tuple(place(platform, code) for code in codes),
        residency=residency,
        scaling=ScalingWish(
            mode=mode,
            minimum=low,
            initial=start,
            maximum=high,
            memory_mib=memory,
            cpu=None,
            triggers=(ScaleTrigger(metric=metric, op=">", value=Decimal(80), unit="%"),)
            if mode == "auto"
            else (),
        ),
        load=Load(**load),
        stores=tuple(StoreWish(kind=kind, provider=None) for kind in stores),
        tools=tools,
        budget=BudgetWish(limit=Money(Decimal(budget), currency) if budget else None),
        code=CodeWish(tool="none"),
    )


def planned(made: Draft):
    return plan.plan(made, FACTS)


def answers(**texts: str) -> Answers:
    return Answers(project=Project(name="orders"), answers={key: Answer(text) for key, text in texts.items()})


def compiled(said: Answers | None = None, facts_=FACTS, **texts: str):
    return pipeline.compile(said or answers(**texts), facts_, builtin())


NOBODY = Decisions({})
__all__ = [
    "FACTS",
    "HOMES",
    "NOBODY",
    "PLATFORMS",
    "answers",
    "compiled",
    "draft",
    "geography",
    "place",
    "planned",
]
