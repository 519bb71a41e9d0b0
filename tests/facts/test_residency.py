"""Where everything lies: machines, stores, logs, tools, backups, pairs. Places are stated; nothing is certified."""

import pytest
from price.worlds import FACTS, draft, planned

from groundplan.facts.residency import inside, kept, placements

INSIDE = [
    # country, duties, answer
    ("DE", ("gdpr",), True),
    ("NO", ("eea",), True),
    ("GB", ("gdpr",), False),
    ("CH", ("gdpr",), False),
    ("US", ("eu",), False),
    ("CH", ("ch",), True),
    ("DE", ("ch",), False),
    ("DE", ("gdpr", "de"), True),
    ("FR", ("gdpr", "de"), False),
    ("GB", ("uk",), True),
    ("US", ("hipaa",), None),
    ("US", (), None),
    ("", ("gdpr",), None),
]


@pytest.mark.parametrize(("country", "duties", "answer"), INSIDE)
def test_inside_the_area_that_was_named(country, duties, answer):
    assert inside(country, duties, FACTS) is answer


def placed(platform: str, *codes: str, **wishes):
    made = planned(draft(platform, *codes, **wishes))
    return made, placements(made, FACTS)


def test_everything_that_holds_data_is_placed():
    made, found = placed(
        "aws", "eu-central-1", stores=("postgres", "redis"), tools=("datadog", "sentry"), residency=("gdpr",)
    )
    assert {p.what for p in found} >= {"compute", "database", "cache", "logs", "images", "tool", "backup"}
    assert {p.component for p in found} <= {c.key for c in made.components}
    assert kept(found) is True


def test_a_second_region_outside_is_seen():
    _, found = placed("fly", "fra", "iad", residency=("gdpr",))
    outside = [p for p in found if p.inside is False and p.what == "compute"]
    assert {p.region for p in outside} == {"iad"}
    assert kept(found) is False


def test_a_tool_takes_the_site_inside_and_says_when_it_is_chosen():
    _, found = placed("aws", "eu-central-1", tools=("datadog", "sentry"), residency=("gdpr",))
    tools = {p.provider: p for p in found if p.what == "tool"}
    assert (tools["datadog"].country, tools["datadog"].inside, tools["datadog"].choice) == (
        "DE",
        True,
        "sign-up",
    )
    assert tools["sentry"].country == "DE"


def test_a_tool_without_a_site_inside_is_outside():
    _, found = placed("aws", "eu-central-1", tools=("uptimerobot",), residency=("gdpr",))
    assert next(p for p in found if p.provider == "uptimerobot").inside is False


def test_a_tool_takes_its_usual_site_where_no_area_was_named():
    _, found = placed("aws", "eu-central-1", tools=("datadog",))
    assert next(p for p in found if p.provider == "datadog").country == "US"


def test_a_pair_that_leaves_the_country_is_told():
    _, found = placed("azure", "brazilsouth", stores=("postgres",), residency=("br",))
    pair = next(p for p in found if p.what == "pair")
    assert (pair.region, pair.inside) == ("southcentralus", False)


def test_backups_that_lie_in_another_country_are_told():
    _, found = placed("heroku", "eu", stores=("postgres",), residency=("gdpr",))
    backup = next(p for p in found if p.what == "backup")
    assert (backup.country, backup.inside) == ("US", False)


@pytest.mark.parametrize("platform", ["fly", "gcp", "kubernetes"])
def test_backups_whose_place_is_not_known_say_so(platform):
    _, found = placed(platform, stores=("postgres",), residency=("gdpr",))
    backup = [p for p in found if p.what == "backup"]
    assert backup and all(p.inside is None or p.note for p in backup)


def test_a_place_that_is_not_known_is_never_inside():
    for platform in ("aws", "azure", "fly", "gcp", "heroku", "kubernetes", "onprem"):
        _, found = placed(platform, stores=("postgres",), tools=("rollbar",), residency=("gdpr",))
        assert all(p.inside is not True for p in found if not p.country)
