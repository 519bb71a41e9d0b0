"""A person's own prices, regions, rates: the same checks, a reason in every row, and a line for what is wrong."""

from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import groundplan

from groundplan import facts
from groundplan.facts.own import Malformed, with_own

FACTS = facts.load()
SOURCE = """[sources.contract]
title = "Contract 4711"
date = "2026-10-01"
certainty = "unverified"

"""
ROW = """[[prices]]
id = "fly.machine.shared-cpu-1x-1024"
region = "fra"
unit = "month"
amount = "4.00"
source = "contract"
because = "negotiated"
"""
SERVER = """[[prices]]
id = "onprem.server"
unit = "month"
amount = "85"
source = "contract"
because = "lease over 36 months"
"""


def test_an_own_price_wins_and_carries_its_reason():
    own = with_own(FACTS, SOURCE + ROW, "own.toml")
    price = own.price("fly.machine.shared-cpu-1x-1024", "fra")
    assert price.amount == Decimal("4.00")
    assert "negotiated" in own.source_of(price).title
    assert own.price("fly.machine.shared-cpu-1x-1024", "ams") == FACTS.price(
        "fly.machine.shared-cpu-1x-1024", "ams"
    )
    assert FACTS.price("fly.machine.shared-cpu-1x-1024", "fra").amount != Decimal("4.00")


REFUSED = [
    # text, line, words
    (SOURCE + ROW.replace('because = "negotiated"\n', ""), 6, "gives no reason"),
    (SOURCE + ROW.replace('"negotiated"', '"  "'), 6, "gives no reason"),
    (SOURCE + ROW.replace('"contract"', '"memory"'), 6, "`memory` is not defined"),
    (ROW, 1, "`contract` is not defined"),
    (SOURCE + ROW.replace('"fra"', '"frankfurt"'), 6, "no regions row defines"),
    (SOURCE + ROW.replace('unit = "month"', 'unit = "hour"'), 6, "has two units"),
    (SOURCE + ROW.replace('"4.00"', "4.00"), 6, "decimal number in quotes"),
    (SOURCE + ROW + ROW, 13, "is there twice"),
    (SOURCE.replace('certainty = "unverified"\n', "") + ROW, 1, "no `certainty`"),
    ("own = [", None, "own.toml"),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_a_wrong_row_is_refused_with_its_line(text, line, words):
    with pytest.raises(Malformed) as refused:
        with_own(FACTS, text, "own.toml")
    assert words in str(refused.value)
    if line:
        assert str(refused.value).startswith(f"own.toml:{line}: ")


def project(tmp_path: Path, own: str, hosting: str = "our own servers in Berlin") -> Path:
    (tmp_path / "own.toml").write_text(own)
    (tmp_path / "groundplan.toml").write_text(
        f'[project]\nname = "orders"\n\n[answers]\nhosting = "{hosting}"\nscaling = "2 instances"\n'
        '\n[facts]\nown = "own.toml"\n'
    )
    return tmp_path


def test_an_own_price_is_in_the_estimate_of_the_project(tmp_path):
    done = groundplan("estimate", "--json", "--project", str(project(tmp_path, SOURCE + SERVER)))
    lines = {line["meter"]: line for line in done.json["lines"]}
    assert lines["Servers"]["monthly"]["expected"] == 170
    assert "lease over 36 months" in lines["Servers"]["source"]


def test_a_wrong_own_file_stops_the_run_and_says_where(tmp_path):
    done = groundplan("estimate", "--project", str(project(tmp_path, SOURCE + SERVER + SERVER)))
    assert done.code == 2
    assert "GP969" in done.err and "own.toml:12" in done.err and done.out == ""


def test_an_own_file_that_is_not_there_stops_the_run(tmp_path):
    root = project(tmp_path, "")
    (root / "own.toml").unlink()
    done = groundplan("review", "--project", str(root))
    assert done.code == 2 and "GP969" in done.err


@pytest.mark.parametrize("own", ["3", '["own.toml", 4]', "true", "{ path = 1 }"])
def test_a_wrong_entry_is_a_finding_of_the_file(tmp_path, own):
    root = project(tmp_path, SOURCE + SERVER)
    text = (root / "groundplan.toml").read_text().replace('own = "own.toml"', f"own = {own}")
    (root / "groundplan.toml").write_text(text)
    done = groundplan("estimate", "--project", str(root))
    assert done.code == 2 and "GP914" in done.err


REGION = """[[regions]]
provider = "fly"
code = "los"
city = "Lagos"
country = "NG"
latitude = 6.45
longitude = 3.39
source = "contract"
because = "a private region of ours"
"""
MACHINE = ROW.replace('"fra"', '"los"').replace('"4.00"', '"9.00"')


def test_an_own_region_can_be_planned_and_priced(tmp_path):
    root = project(tmp_path, SOURCE + REGION + MACHINE, "Fly.io")
    text = (root / "groundplan.toml").read_text()
    text = text.replace('scaling = "2 instances"', 'regions = "Lagos"\nscaling = "2 instances with 1GB"')
    (root / "groundplan.toml").write_text(text)
    done = groundplan("estimate", "--json", "--project", str(root))
    web = next(line for line in done.json["lines"] if line["role"] == "web")
    assert (web["region"], web["monthly"]["expected"]) == ("los", 18)


def test_an_own_region_needs_a_provider_and_the_right_legal_area():
    with pytest.raises(Malformed, match="names no provider"):
        with_own(FACTS, SOURCE + REGION.replace('provider = "fly"\n', ""), "own.toml")
    with pytest.raises(Malformed, match="says eea = true"):
        with_own(FACTS, SOURCE + REGION.replace("longitude", "eea = true\nlongitude"), "own.toml")


def test_an_own_rate_may_also_lie_in_the_file():
    rate = '[[rates]]\ncurrency = "UAH"\nusd = "0.024"\nsource = "contract"\nbecause = "our bank"\n'
    assert with_own(FACTS, SOURCE + rate, "own.toml").rates["UAH"].usd == Decimal("0.024")
