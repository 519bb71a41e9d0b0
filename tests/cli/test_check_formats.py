"""`check --format`: the same findings for people, programs, code scanning and GitHub, with the same exit code."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
from cli_world import groundplan

from groundplan.cli.located import located
from groundplan.cli.views.github import annotated
from groundplan.cli.views.sarif import sarif
from groundplan.model.diagnostic import Diagnostic, Fix, Where

ROOT = Path(__file__).parents[2]
# the whole schema of OASIS, as it ships with @microsoft/sarif-multitool 5.7.0 (MIT), whose validator uses it
SCHEMA = json.loads((Path(__file__).parent / "sarif_schema_2_1_0.json").read_text())
EXAMPLES = sorted(p.parent.name for p in (ROOT / "examples").glob("*/groundplan.toml"))


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "seed", tmp_path / "seed")
    return tmp_path / "seed"


def codes(project: Path, *more: str) -> list[str]:
    found = groundplan("check", "-C", str(project), "--format", "json", *more).json
    return sorted(d["code"] for d in found["diagnostics"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_sarif_has_its_shape_and_every_finding(name: str):
    project = ROOT / "examples" / name
    done = groundplan("check", "-C", str(project), "--format", "sarif")
    log = done.json
    jsonschema.validate(log, SCHEMA)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert sorted(r["ruleId"] for r in run["results"]) == codes(project)
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    prints = [r["partialFingerprints"]["finding/v1"] for r in run["results"]]
    assert len(set(prints)) == len(prints)


DAMAGES = [
    ("level", "serious"),
    ("ruleIndex", "zero"),
    ("message", {}),
    ("nonsense", 1),
    ("locations", [{"physicalLocation": {"region": {"startLine": 0}}}]),
]


@pytest.mark.parametrize(("key", "value"), DAMAGES)
def test_the_schema_refuses_what_is_no_sarif(seed: Path, key: str, value: object):
    log = groundplan("check", "-C", str(seed), "--format", "sarif").json
    log["runs"][0]["results"][0][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_the_line_is_that_of_the_answer(seed: Path):
    done = groundplan("check", "-C", str(seed), "--format", "sarif")
    text = (seed / "groundplan.toml").read_text().splitlines()
    result = next(r for r in done.json["runs"][0]["results"] if r["ruleId"] == "GP301")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "groundplan.toml"
    assert text[place["region"]["startLine"] - 1].startswith("scaling = ")


def test_a_drift_finding_points_into_its_own_file(seed: Path):
    document = seed / "docs" / "specs" / "codebase_spec.md"
    document.write_text(document.read_text().replace("- **Monitoring:** ", "- **Monitoring:** ours: "))
    line = next(n for n, row in enumerate(document.read_text().splitlines(), 1) if "ours: " in row)
    done = groundplan("check", "-C", str(seed), "--format", "github")
    assert f"file=docs/specs/codebase_spec.md,line={line},title=GP8" in done.out


SHAPE = re.compile(r"::(error|warning|notice) file=[^,:\n]+,line=\d+,title=GP\d{3} [a-z0-9-]+::[^\r\n]+")


@pytest.mark.parametrize("name", EXAMPLES)
def test_github_gets_one_line_a_finding(name: str):
    project = ROOT / "examples" / name
    lines = groundplan("check", "-C", str(project), "--format", "github").out.splitlines()
    assert all(SHAPE.fullmatch(line) for line in lines)
    assert sorted(re.findall(r"title=(GP\d{3})", "\n".join(lines))) == codes(project)


def test_nothing_in_a_finding_starts_another_command():
    bad = Diagnostic(
        code="GP814", name="code-edited", severity="error", message="100 %\n::set-output name=x::y\r",
        where=Where(path="infra/a,b:c%.tf", line=3), fix=Fix(text="a,b"),
    )  # fmt: skip
    (line,) = annotated((bad,)).splitlines()
    assert line == (
        "::error file=infra/a%2Cb%3Ac%25.tf,line=3,title=GP814 code-edited::"
        "100 %25%0A::set-output name=x::y%0D%0Afix: a,b"
    )
    jsonschema.validate(json.loads(sarif((bad,), {})), SCHEMA)


PLACES = [
    (Where(question="budget"), 6),
    (Where(question="regions"), 5),
    (Where(path="groundplan.toml", quote="GP403"), 9),
    (Where(path="groundplan.toml", line=2), 2),
    (None, 1),
]
TEXT = '[project]\nname = "a"\n\n[answers]\nhosting = "Fly.io"\nbudget = "x"\n\n[[ignore]]\ncode = "GP403"\n'


@pytest.mark.parametrize(("where", "line"), PLACES)
def test_every_finding_gets_a_line(where: Where | None, line: int):
    text = TEXT.replace("hosting", "regions")
    found = Diagnostic(code="GP001", name="a", severity="note", message="m", where=where)
    (placed,) = located((found,), text.encode())
    assert placed.where and (placed.where.path, placed.where.line) == ("groundplan.toml", line)


@pytest.mark.parametrize("form", ["human", "json", "sarif", "github"])
def test_the_exit_code_is_the_same_in_every_format(seed: Path, form: str):
    assert groundplan("check", "-C", str(seed), "--format", form).code == 0
    assert groundplan("check", "-C", str(seed), "--format", form, "--strict").code == 1
    (seed / "fly.toml").unlink()
    assert groundplan("check", "-C", str(seed), "--format", form).code == 1


def test_check_needs_no_right_to_write_and_no_home(seed: Path, monkeypatch: pytest.MonkeyPatch):
    before = {p: p.stat().st_mtime_ns for p in sorted(seed.rglob("*"))}
    for path in sorted(seed.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    seed.chmod(0o555)
    monkeypatch.delenv("HOME", raising=False)
    try:
        assert groundplan("check", "-C", str(seed)).code == 0
    finally:
        for path in (seed, *sorted(seed.rglob("*"))):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert {p: p.stat().st_mtime_ns for p in sorted(seed.rglob("*"))} == before


LOCKS = [
    (b"{", "GP940"),
    (b"<<<<<<< ours\n{}\n=======\n", "GP940"),
    (b'{"format_version": 99}', "GP941"),
]


@pytest.mark.parametrize(("content", "code"), LOCKS)
def test_a_lock_that_cannot_be_used_is_told_and_kept(seed: Path, content: bytes, code: str):
    (seed / "groundplan.lock").write_bytes(content)
    assert code in codes(seed)
    documents = {p: p.read_bytes() for p in (seed / "docs").rglob("*.md")}
    assert groundplan("apply", "-C", str(seed), "--yes").code == 1
    assert (seed / "groundplan.lock").read_bytes() == content
    assert {p: p.read_bytes() for p in documents} == documents
