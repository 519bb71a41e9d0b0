"""Rows that are refused, each with its file and line; and what the shipped facts must hold."""

import subprocess
import sys
from pathlib import Path

import pytest

from groundplan import facts
from groundplan.facts.schema import KINDS, Malformed, Rows, check_together, facts_of, read_rows, read_sources

ROOT = Path(__file__).parents[2]
FACTS = facts.load()
SOURCE = '[sources.list]\ntitle = "A list"\nurl = "https://example.org"\ndate = "2026-01-01"\ncertainty = "verified"\n\n'
REGION = """[[regions]]
code = "a"
city = "A"
country = "DE"
latitude = 50.0
longitude = 8.0
eea = true
source = "list"
"""
GERMANY = '[[countries]]\ncode = "DE"\neu = true\neea = true\nsource = "list"\n'


def price(**changes: str) -> str:
    row = {"id": '"x.hour"', "unit": '"hour"', "amount": '"1.5"', "source": '"list"'} | changes
    return "[[prices]]\n" + "".join(f"{k} = {v}\n" for k, v in row.items() if v)


REFUSED = [
    # file text, line of the refusal, words in it
    ('[sources.list]\ntitle = "A"\ncertainty = "verified"\n', 1, "no `date`"),
    ('[sources.list]\ntitle = "A"\ndate = "2026-01-01"\n', 1, "no `certainty`"),
    ('[sources.list]\ndate = "2026-01-01"\ncertainty = "verified"\n', 1, "no `title`"),
    ('[sources.list]\ntitle = "A"\ndate = "May 2026"\ncertainty = "unverified"\n', 1, "is no date"),
    ('[sources.list]\ntitle = "A"\ndate = "2026-01-01"\ncertainty = "sure"\n', 1, "sure"),
    ('[sources.list]\ntitle = "A"\ndate = "2026-01-01"\ncertainty = "verified"\n', 1, "names no `url`"),
    (SOURCE + price(source=""), 7, "names no `source`"),
    (SOURCE + price(source='"other"'), 7, "`other` is not defined"),
    (SOURCE + price(amount="1.5"), 7, "decimal number in quotes"),
    (SOURCE + price(amount='"-1"'), 7, "decimal number in quotes"),
    (SOURCE + price(amount='"NaN"'), 7, "decimal number in quotes"),
    (SOURCE + price(amount='"1e400000000000000000000"'), 7, "decimal number in quotes"),
    (SOURCE + price(colour='"red"'), 7, "unknown key `colour`"),
    (SOURCE + price(unit=""), 7, "unit"),
    (SOURCE + price(currency='"dollars"'), 7, "no ISO 4217"),
    (SOURCE + price(amounts='{ a = "1" }'), 7, "either `amount`, or `amounts`"),
    (SOURCE + price() + price(), 12, "is there twice; the other is at facts.toml:7"),
    (SOURCE + price() + price(region='"a"', unit='"month"'), 12, "has two units"),
    (SOURCE + REGION.replace("50.0", "95.0"), 7, "not on the earth"),
    (SOURCE + REGION.replace('"DE"', '"Germany"'), 7, "no ISO 3166-1"),
    (SOURCE + REGION + REGION, 15, "is there twice; the other is at"),
    (SOURCE + REGION + 'pair = "b"\n', 7, "paired with `b`"),
    (SOURCE + GERMANY + REGION.replace("eea = true", "eea = false"), 12, "says eea = false"),
    (SOURCE + '[[skus]]\nid = "x"\ncpu = "0"\nmemory_mib = 1\nsource = "list"\n', 7, "no CPU or no memory"),
    (SOURCE + '[[slas]]\nid = "x"\ntopology = "any"\npercent = "101"\nsource = "list"\n', 7, "promises 101"),
    (SOURCE + '[[rates]]\ncurrency = "EUR"\nusd = "0"\nsource = "list"\n', 7, "worth nothing"),
    (SOURCE + '[[pries]]\nid = "x"\n', None, "unknown table `pries`"),
    ("[sources.list\n", None, "Expected"),
    ("prices = 3\n", None, "unknown table `prices`"),
]


def collected(text: str) -> Rows:
    rows = Rows()
    read_sources(text, "facts.toml", rows)
    read_rows(text, "facts.toml", "here", rows)
    check_together(rows)
    return rows


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(text, line, words):
    with pytest.raises(Malformed) as refused:
        collected(text)
    assert words in str(refused.value)
    if line:
        assert str(refused.value).startswith(f"facts.toml:{line}: ")


def test_a_region_that_no_row_defines_cannot_be_priced():
    with pytest.raises(Malformed, match="names the region `zz`"):
        collected(SOURCE + REGION + price(id='"here.hour"', region='"zz"'))


def test_the_shipped_index_is_what_its_sources_say():
    done = subprocess.run(
        [sys.executable, "tools/build_facts.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_kind_survives_the_index():
    made = facts_of(collected(SOURCE + GERMANY + REGION + price()))
    assert made.regions["here"]["a"].eea
    assert made.prices["x.hour"]["*"].amount == 1.5
    assert set(KINDS) <= set(type(made).__struct_fields__)


def test_every_platform_of_the_list_has_regions_or_needs_none():
    assert set(FACTS.regions) == {"aws", "azure", "fly", "gcp", "heroku"}
    assert all(len(rows) >= 12 for rows in FACTS.regions.values())


def test_every_region_lies_in_a_country_whose_legal_area_is_known():
    for rows in FACTS.regions.values():
        for region in rows.values():
            assert region.country in FACTS.countries, region.code
            assert region.city and (region.latitude, region.longitude) != (0, 0)


def test_pairs_that_leave_the_country_are_known():
    azure = FACTS.regions["azure"]
    assert azure["brazilsouth"].pair == "southcentralus"
    assert azure["northeurope"].pair == "westeurope"


def test_members_of_the_union_are_in_the_economic_area():
    assert all(c.eea for c in FACTS.countries.values() if c.eu)
    assert not FACTS.countries["GB"].eea and FACTS.countries["GB"].adequacy == "full"
    assert not FACTS.countries["CH"].eea and FACTS.countries["NO"].eea


def test_every_meter_of_every_service_has_a_price():
    from groundplan.services import services

    for service in services().values():
        for pricing in service.pricing:
            assert FACTS.price(pricing.price, None) is not None, pricing.price


def test_every_claim_and_level_that_a_platform_names_is_there():
    from groundplan.platforms import platforms

    for platform in platforms().values():
        assert not platform.sla or platform.sla in FACTS.slas


SIZES = [
    # platform, size, whether it may be created
    ("aws", "fargate-256-1024", True),
    ("aws", "fargate-256-4096", False),
    ("fly", "shared-cpu-1x-1024", True),
    ("gcp", "run-1-4096", True),
    ("gcp", "run-1-8192", False),
    ("azure", "aca-0.5-1024", True),
    ("azure", "aca-0.5-4096", False),
    ("heroku", "standard-2x", True),
]


@pytest.mark.parametrize(("platform", "size", "there"), SIZES)
def test_only_sizes_that_can_be_created_are_known(platform, size, there):
    assert (size in FACTS.skus[platform]) is there


def test_the_index_stays_small_and_fast():
    from time import perf_counter

    assert facts.INDEX.stat().st_size < 260_000
    times = []
    for _ in range(5):
        start = perf_counter()
        facts.load_from(facts.INDEX)
        times.append(perf_counter() - start)
    assert min(times) < 0.02


def test_no_source_is_kept_that_nothing_rests_on():
    nested = (FACTS.regions, FACTS.skus, FACTS.prices, FACTS.sites)
    flat = (
        FACTS.claims,
        FACTS.countries,
        FACTS.rates,
        FACTS.slas,
        FACTS.lifecycles,
        FACTS.copies,
        FACTS.alternatives,
    )
    used = {row.source for table in nested for rows in table.values() for row in rows.values()}
    used |= {row.source for table in flat for row in table.values()}
    assert set(FACTS.sources) == used
