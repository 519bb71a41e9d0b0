"""`import`: documents that are filled already become answers, with their lines; nothing is invented."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from cli_world import groundplan

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(p.parent.name for p in (ROOT / "examples").glob("*/groundplan.toml"))
SPEC = "docs/specs/codebase_spec.md"


def with_spec(folder: Path, text: str) -> Path:
    (folder / "docs" / "specs").mkdir(parents=True)
    (folder / SPEC).write_text(text, encoding="utf-8")
    return folder


def answers(folder: Path) -> dict[str, str]:
    return tomllib.loads((folder / "groundplan.toml").read_text("utf-8"))["answers"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_documents_of_an_example_say_what_its_answers_say(name: str, tmp_path: Path):
    shutil.copytree(ROOT / "examples" / name / "docs", tmp_path / "docs")
    before = {p: p.read_bytes() for p in (tmp_path / "docs").rglob("*.md")}
    done = groundplan("import", "-C", str(tmp_path), "--yes")
    assert done.code == 0, done.err
    assert {p: p.read_bytes() for p in before} == before
    assert list(answers(tmp_path)) == ["hosting", "regions", "scaling", "monitoring", "budget", "iac"]
    theirs = groundplan("review", "-C", str(tmp_path), "--json").json
    ours = groundplan("review", "-C", str(ROOT / "examples" / name), "--json").json
    for mine, said in zip(theirs["readings"], ours["readings"], strict=True):
        for field in ("primary", "mode", "max_instances", "memory_mb", "amount", "currency", "tool"):
            if field == "max_instances" and "for each region" in done.out:
                continue  # the document counts all regions together, and the import says so
            if field in said["value"] and said["question"] != "regions":
                assert mine["value"][field] == said["value"][field] or said["value"][field] is None, field
    checked = groundplan("check", "-C", str(tmp_path))
    assert checked.code == 0, checked.out


HAND = """# Spec

## Infrastructure

| Field | Value |
|---|---|
| Provider | AWS, Fargate |

- **Region:** eu-central-1
- **Scaling:** two things, ask Bob
- **Budget:** about $300 a month
- **Monitoring:** ___
"""


def test_each_answer_has_its_line_and_the_rest_is_left_open(tmp_path: Path):
    project = with_spec(tmp_path, HAND)
    shown = groundplan("import", "-C", str(project), "--yes")
    assert shown.code == 0, shown.err
    assert answers(project) == {
        "hosting": "AWS, Fargate",
        "regions": "eu-central-1",
        "budget": "about $300 a month",
    }
    assert f"hosting  {SPEC}:7" in shown.out and f"regions  {SPEC}:9" in shown.out
    assert "“two things, ask Bob” was not understood" in shown.out
    assert "do not say: monitoring, iac" in shown.out
    assert "Still open: scaling, monitoring, iac" in shown.err
    checked = groundplan("check", "-C", str(project))
    assert checked.code == 3 and "scaling, monitoring, iac" in checked.err


def test_as_json(tmp_path: Path):
    project = with_spec(tmp_path, HAND)
    rows = groundplan("import", "-C", str(project), "--yes", "--json").json["proposals"]
    assert {r["question"]: r["understood"] for r in rows} == {
        "hosting": True, "regions": True, "scaling": False, "budget": True,
    }  # fmt: skip
    assert rows[1]["evidence"] == [
        {"path": SPEC, "line": 9, "label": "Regions/Zones", "text": "eu-central-1"}
    ]


TWICE = "# A\n\n## Infrastructure\n\n- **Provider:** AWS\n\n## Infrastructure\n\n- **Provider:** Fly.io\n"
WRONG = [
    ("# Nothing here\n", ("--yes",), 2, "GP972"),
    (HAND, (), 3, "GP964"),
    (TWICE, ("--yes",), 1, "GP702"),
    ("## Infrastructure\n\n- **Provider:** Fly.io, key AKIAIOSFODNN7EXAMPLF\n", ("--yes",), 2, "GP966"),
    ("## Infrastructure\n\n- **Provider:** Fly.io | AWS | …\n- **Regions:** ___\n", ("--yes",), 2, "GP972"),
]


@pytest.mark.parametrize(("text", "args", "code", "told"), WRONG)
def test_what_cannot_be_imported_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, args: tuple[str, ...], code: int, told: str
):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    project = with_spec(tmp_path, text)
    done = groundplan("import", "-C", str(project), *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert not (project / "groundplan.toml").exists()


def test_answers_that_are_there_are_not_replaced():
    done = groundplan("import", "-C", str(ROOT / "examples" / "seed"), "--yes")
    assert done.code == 2 and "GP972" in done.err
