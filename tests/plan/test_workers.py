"""Background processes that were counted: planned once, priced on every platform, and never counted as web instances."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from price.worlds import FACTS, PLATFORMS, answers, compiled

from groundplan import plan, price

CASES = tomllib.loads((Path(__file__).parent / "workers.toml").read_text("utf-8"))["cases"]
SAID = {"regions": "us-east-1", "scaling": "Manual: 2 instances with 1 GB", "hosting": "AWS ECS on Fargate"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['hosting']}; {c.get('scaling', '')}")
def test_as_many_as_were_counted(case: dict) -> None:
    made = compiled(**{q: case[q] for q in ("hosting", "scaling") if q in case}).plan
    found = [c for c in made.components if c.key.startswith("worker.")]
    assert [(c.minimum, c.maximum) for c in found] == (
        [(case["least"], case.get("most", case["least"]))] if case["least"] else []
    )
    wish = made.draft.workers
    assert (wish.size if wish else None, wish.memory_mib if wish else None) == (
        case.get("size"),
        case.get("memory_mib"),
    )


@pytest.mark.parametrize("platform", [p for p in PLATFORMS if p != "onprem"])
def test_every_platform_prices_them_and_more_cost_more(platform: str) -> None:
    totals = []
    for words in ("", ", one Celery worker", ", 6 Celery workers"):
        said = answers(**{**SAID, "hosting": SAID["hosting"] + words})
        decisions = compiled(said).decisions
        made = plan.plan(plan.draft(said, decisions, FACTS, platform), FACTS)
        assert sum(c.initial for c in made.role("web")) == 2
        cost = price.price(made, FACTS)
        totals.append(cost.judged.expected + len(cost.missing))
    assert totals[0] <= totals[1] < totals[2]


def test_a_worker_costs_what_a_task_of_its_size_costs() -> None:
    made = compiled(**{**SAID, "hosting": "AWS ECS on Fargate, 2 to 4 Sidekiq workers"})
    lines = [x for x in made.estimate.lines if x.component.startswith("worker.")]
    assert sum(x.monthly.expected for x in lines) == Decimal("36.04")
    assert sum(x.monthly.ceiling for x in lines) == 2 * Decimal("36.04")


def test_an_instance_of_cloud_run_that_works_without_requests_is_billed_all_the_time() -> None:
    made = compiled(
        hosting="Google Cloud Run, one Celery worker", regions="us-central1", scaling="2 instances with 1 GB"
    )
    ids = {m.price for c in made.plan.components if c.role == "worker" for m in c.meters}
    assert ids == {"gcp.run.instance.vcpu", "gcp.run.instance.gib"}


def test_the_design_names_them_and_draws_them() -> None:
    made = compiled(**{**SAID, "hosting": "AWS ECS on Fargate with RDS PostgreSQL, 2 to 4 Sidekiq workers"})
    fields = {f.label: f for s in made.sections for f in s.fields}
    assert (
        fields["Workers"].text
        == "2 to 4 workers beside the instances, fargate-512-1024; no code for them is written"
    )
    assert 'worker["Workers: 2 to 4"]' in fields["Topology"].drawing
    assert "worker --> store0" in fields["Topology"].drawing
