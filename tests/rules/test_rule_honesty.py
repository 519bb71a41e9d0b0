"""A finding is never louder than its source is certain, and what the plan serves in another way is no error."""

from __future__ import annotations

import msgspec
import pytest
from rules.rule_world import answers, blocks, compiled, findings

from groundplan import facts
from groundplan.model.case import Case
from groundplan.model.plan import Substitution
from groundplan.rules import page, rules
from groundplan.rules.gp309_metric_not_offered import check

HEROKU = {
    "hosting": "Heroku on performance-m dynos",
    "scaling": "auto-scale from 2 to 6 dynos when CPU > 70%",
}


@pytest.mark.parametrize("code", sorted(rules()))
def test_a_finding_is_never_louder_than_its_source(code: str) -> None:
    for texts in blocks(page(code) or "", "Example"):
        for finding in findings(texts, code):
            if finding.source and finding.source.certainty == "unverified":
                assert finding.severity == "note"
            if finding.source and finding.source.certainty == "secondary":
                assert finding.severity != "error"


def test_every_source_has_an_address_and_a_date() -> None:
    for code in rules():
        for texts in blocks(page(code) or "", "Example"):
            for finding in findings(texts, code):
                if finding.source:
                    assert finding.source.url.startswith("https://") and len(finding.source.date) == 10


def test_what_nothing_serves_is_an_error() -> None:
    made = compiled(HEROKU)
    case = Case(answers=answers(HEROKU), decisions=made.decisions, facts=facts.load(), plan=None)
    assert [d.severity for d in check(case)] == ["error"]


def test_what_the_plan_serves_in_another_way_is_a_warning() -> None:
    made = compiled({**HEROKU, "hosting": "Fly.io"})
    served = Substitution(
        id="heroku.autoscale.metric", question="scaling", intent="CPU > 70 %", served_by="an add-on"
    )
    assert made.plan
    plan = msgspec.structs.replace(made.plan, platform="heroku", service="dynos", substitutions=(served,))
    case = Case(answers=answers(HEROKU), decisions=made.decisions, facts=facts.load(), plan=plan)
    (finding,) = check(case)
    assert (finding.severity, finding.served_by) == ("warning", "an add-on")
