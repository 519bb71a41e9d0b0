"""Figures that the cost rests on: by flag, by file, remembered, and refused where they are none."""

import pytest
from cli_world import groundplan

BASE = ("--data", "hosting=Fly.io", "--data", "scaling=2 instances with 1GB")


def egress(*args: str) -> dict:
    done = groundplan("estimate", "--json", *BASE, *args)
    return next(line for line in done.json["lines"] if line["role"] == "egress")


GIVEN = [
    # flag, minimum, expected, maximum in GB
    ("egress_gb=200", 200, 200, 200),
    ("egress_gb=1,20,300", 1, 20, 300),
    ("egress_gb=0", 0, 0, 0),
    ("egress_gb= 12.5 ", 12.5, 12.5, 12.5),
]


@pytest.mark.parametrize(("flag", "low", "middle", "high"), GIVEN)
def test_a_flag_sets_the_load(flag, low, middle, high, tmp_path):
    quantity = egress("--assume", flag, "--project", str(tmp_path))["quantity"]
    assert (quantity["floor"], quantity["expected"], quantity["ceiling"]) == (low, middle, high)


def test_a_flag_wins_over_the_file_and_the_file_over_the_usual(tmp_path):
    (tmp_path / "groundplan.toml").write_text('[project]\nname = "x"\n\n[assume]\negress_gb = [1, 2, 3]\n')
    root = ("--project", str(tmp_path))
    assert egress(*root)["quantity"]["expected"] == 2
    assert egress(*root, "--assume", "egress_gb=9")["quantity"]["expected"] == 9


def test_what_is_assumed_and_what_is_yours_is_told(tmp_path):
    done = groundplan("estimate", "--json", *BASE, "--assume", "egress_gb=7", "--project", str(tmp_path))
    assert done.json["assumed"]["egress_gb"]["expected"] == 7
    assert done.json["stated"] == ["egress_gb"]
    told = groundplan("estimate", *BASE, "--assume", "egress_gb=7", "--project", str(tmp_path)).out
    assert "7 GB to the internet (yours)" in " ".join(told.split())


REFUSED = [
    ("egress=200", "--assume egress_gb=…"),
    ("egress_gb", "is not NAME=FIGURE"),
    ("egress_gb=much", "is no figure"),
    ("egress_gb=-1", "is no figure"),
    ("egress_gb=3,2,1", "is no figure"),
    ("egress_gb=1,2", "is no figure"),
    ("egress_gb=nan", "is no figure"),
    ("egress_gb=1e99", "is no figure"),
    ("busy_percent=101", "is no figure"),
    ("usd_per_euro=1", "nothing is assumed under the name"),
    ("=1", "nothing is assumed under the name"),
]


@pytest.mark.parametrize(("flag", "words"), REFUSED)
def test_a_flag_that_is_none_is_refused_with_the_form(flag, words, tmp_path):
    done = groundplan("estimate", *BASE, "--assume", flag, "--project", str(tmp_path))
    assert done.code == 2 and "GP960" in done.err and words in done.err


IN_FILE = [
    ('egress_gb = "much"', "GP914"),
    ("egress_gb = [3, 2, 1]", "GP914"),
    ("egress_gb = true", "GP914"),
    ("egress_gb = inf", "GP914"),
    ("busy_percent = 120", "GP914"),
    ("egres_gb = 3", "GP913"),
]


@pytest.mark.parametrize(("line", "code"), IN_FILE)
def test_a_wrong_line_of_the_file_is_a_finding(line, code, tmp_path):
    (tmp_path / "groundplan.toml").write_text(f'[project]\nname = "x"\n\n[assume]\n{line}\n')
    done = groundplan("estimate", *BASE, "--project", str(tmp_path))
    assert done.code == 2 and code in done.err


def test_an_own_rate_decides_the_budget(tmp_path):
    args = (*BASE, "--data", "budget=20 EUR a month", "--project", str(tmp_path))
    assert groundplan("estimate", "--json", *args).json["verdict"]["state"] == "within"
    cheap = groundplan("estimate", "--json", *args, "--assume", "usd_per_eur=0.5").json["verdict"]
    assert (cheap["state"], cheap["limit"]) == ("over_at_minimum", 10)


def test_an_apply_keeps_what_it_was_told_to_assume(tmp_path):
    texts = ("--data", "budget=$100", "--defaults", "--yes", "--project", str(tmp_path))
    assert (
        groundplan("apply", *BASE, *texts, "--assume", "egress_gb=5,6,7", "--assume", "usd_per_eur=1.1").code
        == 0
    )
    text = (tmp_path / "groundplan.toml").read_text()
    assert "egress_gb = [5, 6, 7]" in text and "usd_per_eur = 1.1" in text
    assert egress("--project", str(tmp_path))["quantity"]["expected"] == 6
    again = groundplan("apply", "--yes", "--project", str(tmp_path))
    assert again.code == 0 and "Nothing to write" in again.err
