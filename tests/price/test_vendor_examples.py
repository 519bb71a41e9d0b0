"""The vendors' own sums, to the cent."""

import tomllib
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from price.worlds import FACTS, draft, planned

from groundplan import price
from groundplan.model.plan import Component, Meter
from groundplan.model.quantity import Range

EXAMPLES = tomllib.loads((Path(__file__).parent / "vendor_examples.toml").read_text())["examples"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["name"])
def test_example_costs_what_its_vendor_says(example):
    parts = tuple(
        Component(
            key=f"part.{n}",
            role="storage",
            name="part",
            provider="any",
            sku="any",
            region=line.get("region"),
            meters=(
                Meter(
                    name="meter",
                    price=line["price"],
                    quantity=Range.flat(line["quantity"]),
                    free=Decimal(line.get("free", 0)),
                ),
            ),
        )
        for n, line in enumerate(example["lines"])
    )
    plan = msgspec.structs.replace(planned(draft("fly")), components=parts)
    estimate = price.price(plan, FACTS)
    assert not estimate.missing
    total = Decimal(example["total"])
    apart = abs(estimate.total.expected - total)
    assert apart <= total * Decimal(example.get("within", 0))


def test_every_example_names_who_says_so():
    assert all(e["source"].strip() for e in EXAMPLES)
    assert len({e["name"] for e in EXAMPLES}) == len(EXAMPLES)
