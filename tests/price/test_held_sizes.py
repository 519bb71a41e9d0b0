"""A stated size of a store reaches every platform of the comparison, with what it stores."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from price.worlds import FACTS, answers, compiled

from groundplan import plan

CASES = tomllib.loads((Path(__file__).parent / "held_sizes.toml").read_text("utf-8"))["cases"]
SIZED = [(c, platform) for c in CASES for platform in c["sku"]]


@pytest.mark.parametrize(("case", "platform"), SIZED, ids=[f"{p}: {c['hosting']}" for c, p in SIZED])
def test_every_platform_takes_the_nearest_size_that_holds_it(case: dict, platform: str) -> None:
    said = answers(hosting=case["hosting"], scaling="Manual: 2 instances")
    made = compiled(said)
    other = plan.plan(plan.draft(said, made.decisions, FACTS, platform), FACTS)
    (store,) = other.role(case["role"])
    assert store.sku == case["sku"][platform]
    stored = [m.quantity.expected for m in store.meters if "storage" in m.name.lower()]
    assert not stored or "gb" not in case or stored[0] >= Decimal(case["gb"])


def test_a_cache_is_priced_as_large_as_it_was_said() -> None:
    made = compiled(hosting="Google Cloud Run with Memorystore for Redis 5 GB", regions="us-central1")
    (line,) = [x for x in made.estimate.lines if x.role == "cache"]
    assert (line.meter, line.monthly.expected) == ("Memorystore, 5 GB", Decimal("98.55"))


def test_words_that_told_how_large_are_not_told_as_unused() -> None:
    made = compiled(hosting="AWS ECS on Fargate with ElastiCache Redis 6 GB", regions="us-east-1")
    assert not [r for r in made.decisions.readings["hosting"].remarks if r.kind == "unused"]
