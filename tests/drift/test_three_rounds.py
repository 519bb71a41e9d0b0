"""Three rounds of answering, editing by hand and applying; the author's own text keeps every byte."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from cli_world import groundplan

SOURCE = Path(__file__).parent / "handwritten"
SPECS = (
    "docs/specs/codebase_spec.md",
    "docs/specs/technical_design_spec.md",
    "docs/specs/implementation_options_spec.md",
)
ANSWERS = {
    "hosting": "Fly.io, with Postgres on Neon",
    "regions": "Frankfurt, users in Germany",
    "scaling": "2 to 4 instances with 1 GB, scale up above 80 concurrent requests",
    "monitoring": "UptimeRobot for downtime, Sentry for errors, alerts to Slack",
    "budget": "$200 a month, alert at 80%",
    "iac": "fly.toml in the same repo",
}


class World:
    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *args: str, code: int = 0):
        done = groundplan(args[0], "-C", str(self.root), *args[1:])
        assert done.code == code, done.out + done.err
        return done

    def apply(self, *args: str) -> None:
        self.run("apply", "--yes", *args)

    def found(self, code: int = 0) -> dict[str, dict]:
        findings = self.run("check", "--json", code=code).json["diagnostics"]
        return {d["code"]: d for d in findings if d["code"].startswith(("GP7", "GP8"))}

    def text(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.text(path)
        assert text.count(old) == 1, (old, text)
        (self.root / path).write_bytes(text.replace(old, new).encode())

    def line(self, path: str, start: str) -> str:
        return next(row for row in self.text(path).splitlines() if row.lstrip("*+- ").startswith(start))


@pytest.fixture
def world(tmp_path: Path) -> World:
    shutil.copytree(SOURCE, tmp_path / "lantern")
    made = World(tmp_path / "lantern")
    for key, text in ANSWERS.items():
        made.run("change", key, text)
    return made


PLACEHOLDERS = ("Fly.io | AWS | …", "___", "[describe]", "TBD", "[strategy]")


def lost(before: str, after: str) -> list[str]:
    """Lines of the author that are gone or changed; a line with a placeholder was there to be filled."""
    diff = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    gone = [row[2:] for row in diff if row.startswith("- ")]
    return [row for row in gone if not any(hint in row for hint in PLACEHOLDERS)]


def kept(world: World, mine: dict[str, str]) -> None:
    for path, text in mine.items():
        after = world.text(path)
        ours = [row for row in lost(text, after) if row not in ("\n", "\r\n")]
        # a last line without an end gets one where a section follows it
        assert [row for row in ours if not after.count(row) or row.endswith("\n")] == [], path
        assert ("\r\n" in text) == ("\r\n" in after)


def spec_line(world: World, finding: dict) -> str:
    return world.text(finding["where"]["path"]).splitlines()[finding["where"]["line"] - 1]


def test_three_rounds_leave_the_author_s_text(world: World):
    spec, design, _ = SPECS
    mine = {path: world.text(path) for path in (*SPECS, "DECISIONS.md")}

    # round one: the placeholders are filled, everything else stays
    world.apply()
    kept(world, mine)
    assert "Fly.io" in world.line(spec, "Provider:**") and world.found() == {}
    log = world.text("DECISIONS.md")
    assert log.endswith(mine["DECISIONS.md"].split("each.\n\n")[1]) and "— Scaling" in log
    before = {path: world.text(path) for path in SPECS}
    world.apply()
    assert {path: world.text(path) for path in SPECS} == before

    # round two: Ines changes a line, rewords another, writes between ours, and tunes the code
    world.edit(spec, world.line(spec, "Regions:**"), "*   **Regions:** `fra` and `lhr`")
    scaling = world.line(spec, "Scaling:**")
    world.edit(spec, scaling, f"{scaling}, and that is plenty")
    world.edit(spec, "Really.\n", "Really. — Ines\n")
    mine[spec] = mine[spec].replace("Really.\n", "Really. — Ines\n")
    (world.root / "fly.toml").write_text(world.text("fly.toml") + "# tuned by Tomasz\n")
    edited = {path: world.text(path) for path in SPECS}
    found = world.found(code=1)
    assert set(found) == {"GP813", "GP814", "GP817"}
    told = found["GP813"]
    assert told["where"]["path"] == spec
    assert edited[spec].splitlines()[told["where"]["line"] - 1] == "*   **Regions:** `fra` and `lhr`"
    assert told["fix"]["answer"] == "fra and lhr" and "groundplan change regions" in told["fix"]["text"]
    world.run("apply", "--yes", code=1)
    assert {path: world.text(path) for path in SPECS} == edited

    # she takes her own words as the answer, and the machine's code back
    world.run("change", told["fix"]["question"], told["fix"]["answer"])
    moved = world.found(code=1)
    assert (
        "regions changed in groundplan.toml" in moved["GP812"]["why"]
        and "`Regions" in moved["GP817"]["message"]
    )
    assert "`Scaling` now says" in moved["GP813"]["message"]  # of one region; the answers count two now
    world.apply("--overwrite", "fly.toml")
    assert "# tuned by Tomasz" not in world.text("fly.toml")
    assert any("tuned by Tomasz" in p.read_text() for p in (world.root / ".groundplan" / "backup").iterdir())
    kept(world, mine)
    after = world.found()
    assert set(after) == {"GP813", "GP817"} and "`fra` and `lhr`" in world.line(spec, "Regions:**")
    assert "lhr" in world.line(design, "Capacity:**") or "2 regions" in world.text(design)

    # round three: the answers move; her lines stay and are told, ours follow, the old records are as they were
    log = world.text("DECISIONS.md")
    world.run("change", "scaling.max_instances", "9")
    world.apply()
    assert f"{scaling}, and that is plenty" in world.text(spec)
    assert "at most 18" in world.line(design, "Capacity:**")
    after_log = world.text("DECISIONS.md")
    assert len(after_log) > len(log) and after_log.endswith(log.split("each.\n\n")[1])
    assert "**Supersedes:**" in after_log[: len(after_log) - len(log)]
    kept(world, mine)
    behind = world.found()["GP813"]
    assert "and that is plenty" in spec_line(world, behind)
    world.run("accept", "GP813", "--because", "Ines likes her wording", "--until", "2099-01-01")
    assert "GP813" not in world.found()


def test_what_was_written_back_is_ours_again(world: World):
    spec = SPECS[0]
    world.apply()
    ours = world.line(spec, "Cost:**")
    world.edit(spec, ours + "\n", "")
    assert set(world.found(code=1)) == {"GP812"}
    world.apply()
    assert world.line(spec, "Cost:**") == ours and world.found() == {}


def test_a_document_that_was_removed_is_told_and_comes_back(world: World):
    world.apply()
    (world.root / SPECS[1]).unlink()
    assert SPECS[1] in world.found(code=1)["GP812"]["message"]
    world.apply()
    assert world.found() == {}
