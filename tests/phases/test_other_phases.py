"""Question documents of the same family: each is asked, and each answer lands under each section that it fills."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from groundplan.__main__ import run
from groundplan.cli.session import phase_of
from groundplan.syntax.outline import key, outline

HERE = Path(__file__).parent
PHASES = sorted(HERE.glob("*.md"))
SAID = {
    "tooling.md": ("2", "Ana and | Bo *both*"),
    "identity.md": ("2", "8 hours", "admin, clerk", "никто"),
    "numbered.md": ("Ana, every month", "a week each"),
    "privacy.md": ("names\nand addresses", "1", "the <team> lead"),
}
READS = {
    "identity.md": ("Keycloak", "8 hours", "admin, clerk", "никто"),
    "numbered.md": ("Ana, every month", "a week each"),
    "tooling.md": ("Own mirror", "Ana and"),
    "privacy.md": ("and addresses", "30 days", "lead"),
}
EXISTING = "\r\n\r\n".join(
    ["# Code", "We like it here.", "## Tooling (draft)", "- **Owner:** Priya", "## Licence", "MIT\r\n"]
)


def toml(text: str) -> str:
    return msgspec.json.encode(text).decode()


@pytest.fixture(params=PHASES, ids=lambda p: p.name)
def phase(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / request.param.name
    made.write_bytes(request.param.read_bytes())
    keys = [q.key for q in phase_of(str(made)).questions]
    assert len(keys) == len(set(keys)) == len(SAID[made.name])
    rows = [f"{k} = {toml(t)}" for k, t in zip(keys, SAID[made.name], strict=True)]
    (tmp_path / "answers.toml").write_text('[project]\nname = "x"\n\n[answers]\n' + "\n".join(rows) + "\n")
    monkeypatch.chdir(tmp_path)
    return made


def apply(phase: Path) -> int:
    return run(["apply", "--yes", "--phase", phase.name, "--answers-file", "answers.toml"])


def test_each_answer_lands_under_each_section_that_it_fills(phase: Path, capsys) -> None:
    assert apply(phase) == 0, capsys.readouterr().err
    for question, reads in zip(phase_of(phase.name).questions, READS[phase.name], strict=True):
        assert question.fills
        for fill in question.fills:
            text = Path(fill.document).read_text()
            found = [h for h in outline(text).headings if h.title == key(fill.section.split(" > ")[-1])]
            assert len(found) == 1, fill
            assert reads in "\n".join(text.split("\n")[found[0].body : found[0].end]), fill


def test_a_second_apply_changes_nothing(phase: Path, capsys) -> None:
    assert apply(phase) == 0
    before = {str(p): p.read_bytes() for p in Path("docs").rglob("*.md")}
    capsys.readouterr()
    assert apply(phase) == 0
    assert "Nothing to write" in capsys.readouterr().err
    assert {str(p): p.read_bytes() for p in Path("docs").rglob("*.md")} == before


def test_a_document_that_is_there_keeps_every_line(phase: Path) -> None:
    target = Path("docs/specs/codebase_spec.md")
    target.parent.mkdir(parents=True)
    target.write_bytes(EXISTING.encode())
    assert apply(phase) == 0
    after = iter(target.read_bytes().decode().split("\r\n"))
    assert all(line in after for line in EXISTING.split("\r\n"))
    assert target.read_bytes().decode().count("Tooling") == 1


def test_nothing_of_the_built_in_phase_is_written(phase: Path) -> None:
    assert apply(phase) == 0
    assert not Path("infra").exists() and not Path("docs/specs/implementation_options_spec.md").exists()
