"""Decision records: one for each changed decision, in the project's own form; old ones are never touched."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan import facts
from groundplan.model.answer import Answer, Answers
from groundplan.phases import builtin
from groundplan.pipeline import Compilation
from groundplan.pipeline import compile as compile_answers
from groundplan.record import Recorded, record
from groundplan.record.log import LOGS, entered
from groundplan.store import Generation, parse_answers

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((Path(__file__).parent / "logs.toml").read_text())["log"]
DATE = "2026-03-01"


def seed(**said: str) -> Compilation:
    answers, _ = parse_answers((ROOT / "examples" / "seed" / "groundplan.toml").read_text())
    assert answers
    texts = answers.answers | {key: Answer(text) for key, text in said.items()}
    return compile_answers(msgspec.structs.replace(answers, answers=texts), facts.load(), builtin())


SEED = seed()
EMPTY = Generation()


def recorded(
    made: Compilation, tree: dict[str, bytes], lock: Generation = EMPTY, style=None, date: str = DATE
) -> Recorded:  # fmt: skip
    def names(folder: str) -> list[str]:
        return [p.removeprefix(f"{folder}/") for p in tree if p.startswith(f"{folder}/")]

    return record(made, tree.get, names, lock, style, date)


def test_nothing_is_recorded_unless_a_log_is_there_or_asked_for():
    assert recorded(SEED, {}).writes == {}
    assert recorded(SEED, {LOGS[0]: b"# x\n"}, style="none").writes == {}


@pytest.mark.parametrize("path", LOGS)
def test_the_log_that_is_there_is_used(path: str):
    assert list(recorded(SEED, {path: b"# Decisions\n"}).writes) == [path]


def test_a_madr_file_for_each_decision():
    writes = recorded(SEED, {}, style="madr").writes
    keys = ["hosting", "regions", "scaling", "monitoring", "budget", "iac"]
    assert list(writes) == [f"docs/decisions/{n:04}-{key}.md" for n, key in enumerate(keys, 1)]
    for content in writes.values():
        text = content.decode()
        assert re.match(r"---\nstatus: (accepted|proposed)\ndate: 2026-03-01\n---\n\n# \S", text)
        heads = re.findall(r"^##+ (.+)$", text, re.M)
        wanted = [
            "Context and Problem Statement",
            "Decision Drivers",
            "Considered Options",
            "Decision Outcome",
        ]
        assert heads[:4] == wanted and "Confirmation" in heads and "`groundplan check`" in text


def test_every_platform_that_lost_has_the_computed_reason():
    text = recorded(SEED, {}, style="madr").writes["docs/decisions/0001-hosting.md"].decode()
    lost = [row for row in SEED.options if not row.chosen]
    assert lost
    for row in lost:
        told = text.split(f"\n### {row.name} in ")[1].split("\n###")[0]
        assert "Not chosen: " in told
        total, mine = row.like or row.total, next(r for r in SEED.options if r.chosen).total
        assert (
            f"{abs(total.expected - mine.expected):,.2f} USD a month" if total and mine else "not known"
        ) in told
    assert "“Fly.io for simplicity, with PostgreSQL on Fly and Redis on Upstash”" in text


def test_accepted_findings_are_consequences():
    from groundplan.model.answer import Ignore

    answers = msgspec.structs.replace(
        SEED.answers, ignores=(Ignore(code="GP301", because="the autoscaler runs", until="2027-01-01"),)
    )
    made = compile_answers(answers, facts.load(), builtin())
    text = recorded(made, {}, style="madr").writes["docs/decisions/0003-scaling.md"].decode()
    assert "* Accepted, GP301: the autoscaler runs (until 2027-01-01)" in text


@pytest.mark.parametrize("style", ["madr", "log"])
def test_only_what_changed_gets_a_new_record_and_it_links_back(style):
    first = recorded(SEED, {}, style=style)
    tree = dict(first.writes)
    lock = Generation(records=first.records)
    assert recorded(SEED, tree, lock, style=style, date="2026-04-01").writes == {}
    later = seed(scaling="3 to 9 instances with 1 GB when CPU > 80%")
    second = recorded(later, tree, lock, style=style, date="2026-04-01")
    (path,) = second.writes
    text = second.writes[path].decode()
    old = lock.records["scaling"]
    assert old.title in text and old.date in text and "upersedes" in text
    if style == "madr":
        assert path == "docs/decisions/0007-scaling.md" and "](0003-scaling.md) of 2026-03-01" in text
    else:
        assert text.endswith(tree[path].decode().split("never edited.\n\n")[1])
    assert second.records["hosting"] == lock.records["hosting"]


@pytest.mark.parametrize("style", ["madr", "log"])
def test_without_a_lock_the_records_that_are_there_are_found_again(style):
    first = recorded(SEED, {}, style=style)
    tree = dict(first.writes)
    again = recorded(SEED, tree, style=style, date="2026-04-01")
    assert again.writes == {} and again.records == first.records
    later = seed(scaling="3 to 9 instances with 1 GB when CPU > 80%")
    (path,) = recorded(later, tree, style=style, date="2026-04-01").writes
    text = recorded(later, tree, style=style, date="2026-04-01").writes[path].decode()
    assert text.count(first.records["scaling"].title) >= 1 and "upersedes" in text


def test_a_title_cuts_no_bracket_and_is_read_as_it_was_said():
    made = seed(regions="Frankfurt, Amsterdam as a failover", monitoring="CPU > 80%, e-mail for downtime")
    text = recorded(made, {}, style="log").writes[LOGS[0]].decode()
    heads = re.findall(r"^## .*$", text, re.M)
    assert len(heads) == 6
    assert all(head.count("(") == head.count(")") for head in heads), heads
    assert "Monitoring & Alerting: " in text and "&amp;" not in text and "\\" not in text


def test_numbers_go_on_from_the_files_of_others():
    tree = {"docs/decisions/0041-use-rust.md": b"", "docs/decisions/README.md": b""}
    assert next(iter(recorded(SEED, tree, style="madr").writes)) == "docs/decisions/0042-hosting.md"


def test_the_same_input_on_the_same_date_gives_the_same_bytes():
    assert recorded(seed(), {}, style="madr") == recorded(seed(), {}, style="madr")


def test_a_default_is_only_proposed():
    texts = SEED.answers.answers | {"iac": Answer(SEED.answers.answers["iac"].text, "default")}
    answers: Answers = msgspec.structs.replace(SEED.answers, answers=texts)
    made = compile_answers(answers, facts.load(), builtin())
    text = recorded(made, {}, style="madr").writes["docs/decisions/0006-iac.md"].decode()
    assert text.startswith("---\nstatus: proposed\n") and "It was not answered" in text


def test_words_of_a_person_cannot_become_markup():
    made = seed(hosting="Fly.io\n## 2030-01-01: forged\n<!-- x --> [a](http://b) `c`")
    for style in ("madr", "log"):
        for content in recorded(made, {}, style=style).writes.values():
            assert "\n## 2030-01-01" not in content.decode() and "[a](http" not in content.decode()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_the_log_keeps_its_form_and_every_byte(case):
    before = case["text"].encode()
    after = recorded(SEED, {LOGS[0]: before}).writes[LOGS[0]]
    lines = after.decode().splitlines()
    new = [line for line in lines if "2026-03-01" in line and line.startswith("#")]
    assert len(new) == 6
    assert all(
        line.startswith(case.get("first", "#")) and line.endswith(case.get("ends", "")) for line in new
    )
    if "before" in case:
        assert lines.index(new[-1]) < lines.index(case["before"])
    else:
        assert lines.index(new[0]) > lines.index(case["after"])
    kept = after.decode()
    at = kept.index(new[0])
    assert before.decode().startswith(kept[:at].rstrip("\r\n"))
    end = "\r\n" if "\r\n" in case["text"] else "\n"
    assert set(re.findall(r"\r?\n", kept)) == {end}


MARKDOWN = st.lists(
    st.sampled_from(
        ["# A", "## 2025-01-01: x", "## [2024-01-01] y", "text", "", "```", "> ## 2023-01-01", "- a", "## é (2022-02-02)"]
    ),
    max_size=12,
)  # fmt: skip


@given(MARKDOWN, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_no_byte_of_a_log_is_lost(rows: list[str], end: str, final: bool):
    from groundplan.record.decision import decision
    from groundplan.record.log import style_of

    made = decision(SEED, "hosting", "x", None, DATE)
    assert made
    before = (end.join(rows) + (end if final and rows else "")).encode()
    after = entered(before, [made])
    at = len(before.decode()[: style_of(before.decode()).at].encode())
    assert after.startswith(before[:at]) and after.endswith(before[at:]) and len(after) > len(before)


def test_a_log_that_is_not_text_is_left_alone_and_told():
    found = recorded(SEED, {LOGS[0]: b"# x\n\xff\n"})
    assert found.writes == {} and [d.code for d in found.diagnostics] == ["GP703"]
    assert "line 2" in found.diagnostics[0].message
