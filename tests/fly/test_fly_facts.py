"""The Fly.io tables are whole, sourced, and agree with figures that Fly.io prints elsewhere."""

from decimal import Decimal

import pytest
from fly.fly_cases import FACTS

from groundplan.platforms.fly.sizes import machines

OPEN = {"ams", "arn", "bom", "cdg", "dfw", "ewr", "fra", "gru", "iad", "jnb", "lax", "lhr", "nrt", "ord", "sin",
        "sjc", "syd", "yyz"}  # fmt: skip
POSTGRES = {"ams", "fra", "gru", "iad", "lax", "lhr", "nrt", "ord", "sin", "sjc", "syd", "yyz"}


def test_every_row_names_a_known_source():
    fly_prices = [p for id, rows in FACTS.prices.items() if id.startswith("fly.") for p in rows.values()]
    claims = [c for c in FACTS.claims.values() if c.provider == "fly"]
    rows = [*FACTS.regions["fly"].values(), *FACTS.skus["fly"].values(), *fly_prices, *claims]
    assert len(rows) > 600
    assert {r.source for r in rows} <= set(FACTS.sources)


def test_open_and_closed_regions_are_told_apart():
    regions = FACTS.regions["fly"]
    assert {c for c, r in regions.items() if r.status == "open"} == OPEN
    assert len([r for r in regions.values() if r.status == "closed"]) == 17
    assert {c for c, r in regions.items() if "managed_postgres" in r.services} == POSTGRES
    assert {c for c, r in regions.items() if r.eea and r.status == "open"} == {"ams", "arn", "cdg", "fra"}
    assert not any(r.services for r in regions.values() if r.status == "closed")


def test_every_size_has_a_price_in_every_open_region():
    missing = [
        (sku, code)
        for sku in (s.id for s in machines(FACTS))
        for code in OPEN
        if code not in FACTS.prices[f"fly.machine.{sku}"]
    ]
    assert missing == []


def test_prices_agree_with_the_examples_in_the_cost_guide():
    three_in_san_jose = 3 * FACTS.price("fly.machine.shared-cpu-1x-1024", "sjc").amount
    assert three_in_san_jose == Decimal("20.37")
    assert FACTS.price("fly.machine.shared-cpu-1x-256", "sjc").amount == Decimal("2.32")
    assert FACTS.price("fly.egress.internet", "bom").amount == Decimal("0.12")
    assert FACTS.price("fly.mpg.basic", "fra").amount == Decimal("38")


def test_more_memory_never_costs_less():
    for code in OPEN:
        for preset in {s.id.rpartition("-")[0] for s in machines(FACTS)}:
            sizes = sorted((s for s in machines(FACTS) if s.id.startswith(f"{preset}-")), key=_memory)
            amounts = [FACTS.price(f"fly.machine.{s.id}", code).amount for s in sizes]
            assert amounts == sorted(amounts)


def _memory(sku):
    return sku.memory_mib


@pytest.mark.parametrize("id", ["fly.scale.metric", "fly.alert.none", "fly.budget.none", "fly.postgres.kind"])
def test_the_four_replacements_are_claims_with_a_date(id):
    source = FACTS.source_of(FACTS.claims[id])
    assert source.date >= "2026-01-01" and source.url.startswith("https://fly.io/docs/")
    assert source.certainty == "verified"
