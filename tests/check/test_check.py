"""Running rules: crashes become findings, ignores hold only with a reason and in time, and nothing is loaded in vain."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from rules.rule_world import answers, compiled, phase

from groundplan import check as checking
from groundplan import facts, pipeline
from groundplan.model.answer import Ignore
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules import About, Entry, entries, relevant, rules, speaks

SEED = {
    "hosting": "Fly.io",
    "regions": "Single region: Frankfurt",
    "scaling": "Start with 2 instances, auto-scale up to 5 instances when CPU > 80%",
    "monitoring": "Sentry for errors, email alerts for downtime",
    "budget": "$100/month, alert at $80",
    "iac": "fly.toml in the repo",
}


def codes(ignores: tuple[Ignore, ...], today: str | None = None) -> dict[str, Diagnostic]:
    given = msgspec.structs.replace(answers(SEED), ignores=ignores)
    return {d.code: d for d in pipeline.compile(given, facts.load(), phase(), today).diagnostics}


def test_errors_come_first_then_codes() -> None:
    found = compiled({**SEED, "regions": "Single region: hkg"}).diagnostics
    order = [("error", "warning", "note").index(d.severity) for d in found]
    assert order == sorted(order)
    assert [d.code for d in found if d.severity == "note"] == sorted(
        d.code for d in found if d.severity == "note"
    )


def test_a_rule_that_crashes_becomes_a_finding_and_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: Case) -> Iterator[Diagnostic]:
        raise ZeroDivisionError("by zero")
        yield

    broken = Rule(code="GP399", name="broken", severity="note", check=crash)
    monkeypatch.setattr(checking, "relevant", lambda *_: iter([broken, *rules().values()]))
    found = {d.code: d for d in compiled(SEED).diagnostics}
    assert found["GP903"].severity == "error"
    assert "GP399" in found["GP903"].message and "by zero" in found["GP903"].message
    assert "GP301" in found


def test_an_ignore_with_a_reason_takes_its_finding_away() -> None:
    found = codes((Ignore(code="GP304", because="a third instance is not worth it to us"),))
    assert "GP304" not in found and "GP905" not in found and "GP301" in found


@pytest.mark.parametrize("because", ["", "   "])
def test_an_ignore_without_a_reason_does_not_hold(because: str) -> None:
    found = codes((Ignore(code="GP304", because=because),))
    assert "GP304" in found
    assert "GP304" in found["GP906"].message


def test_an_ignore_ends_on_its_date() -> None:
    ignore = Ignore(code="GP304", because="until the launch", until="2026-12-31")
    assert "GP304" not in codes((ignore,), "2026-12-31")
    late = codes((ignore,), "2027-01-01")
    assert "GP304" in late and "GP904" in late


def test_an_ignore_that_matches_nothing_is_reported() -> None:
    assert "GP506" in codes((Ignore(code="GP506", because="we know"),))["GP905"].message


def test_an_ignore_of_a_code_that_no_rule_has_names_the_nearest() -> None:
    unused = codes((Ignore(code="GP3O4", because="a slip of the finger"),))["GP905"]
    assert "no rule has that code" in unused.message
    assert unused.fix and "GP304" in unused.fix.text


def test_what_the_tool_says_of_itself_cannot_be_ignored() -> None:
    found = codes((Ignore(code="GP905", because="quiet"), Ignore(code="GP506", because="we know")))
    assert "GP905" in found


def test_the_index_leaves_out_nothing_that_would_fire() -> None:
    """What a full run finds, a run over the relevant rules finds too: for each rule's own example."""
    from rules.rule_world import blocks

    from groundplan.rules import page

    for code in rules():
        for texts in blocks(page(code) or "", "Example"):
            assert code in {d.code for d in compiled(texts).diagnostics}


def test_a_file_that_the_index_does_not_name_speaks_for_all() -> None:
    entry = Entry("GP399", "gp399_new")
    assert speaks(entry, About(frozenset(), "", frozenset()))


def test_rules_of_other_platforms_stay_on_the_disk() -> None:
    fly = {r.code for r in relevant(About({"fly"}, "start with 2 instances"))}
    assert "GP301" in fly and "GP306" not in fly and "GP107" not in fly
    assert len(fly) < len(entries()) * 0.6
