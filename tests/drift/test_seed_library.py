"""A second author's documents, of quite another hand: three rounds, then every step taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from drift.test_three_rounds import SPECS, World

SOURCE = Path(__file__).parent / "seed_library"
ANSWERS = {
    "hosting": "Fly.io with Fly Postgres",
    "regions": "Frankfurt, our users are in Germany",
    "scaling": "1 to 3 instances with 512 MB, more above 70% CPU",
    "monitoring": "Sentry; mail when it is down",
    "budget": "60 EUR a month",
    "iac": "fly.toml",
}
FILLED = {
    SPECS[0]: ("- **Hosting platform** — ___", "- **Region(s)**: <!--", "- **Auto-scaling**: TODO", "- **Monitoring**:",
               "- **Budget**: [amount]", "To *everyone* who labels"),
    SPECS[1]: ("**Scaling strategy:** _describe", "**Instance size:** TBD"),
    SPECS[2]: ("- **Selection:** TBD",),
}  # fmt: skip
"""How the lines begin that hold a placeholder; the last of the first file has no line end."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    shutil.copytree(SOURCE, tmp_path / "seeds")
    made = World(tmp_path / "seeds")
    for key, text in ANSWERS.items():
        made.run("change", key, text)
    return made


def bytes_of(world: World) -> dict[str, bytes]:
    files = (p for p in world.root.rglob("*") if p.is_file() and ".groundplan" not in p.parts)
    return {p.relative_to(world.root).as_posix(): p.read_bytes() for p in files}


def own_lines(world: World, mine: dict[str, str]) -> None:
    """Every line of the author is there, in its order, with its line end; but for the placeholders."""
    for path, text in mine.items():
        rows = iter(world.text(path).splitlines(keepends=True))
        wanted = [r for r in text.splitlines(keepends=True) if not r.startswith(FILLED[path])]
        missing = [row for row in wanted if row not in rows]
        assert missing == [], path


def author_s(world: World) -> dict[str, str]:
    return {path: world.text(path) for path in SPECS}


def test_every_line_stays_and_each_placeholder_is_filled_where_it_stands(world: World):
    mine = author_s(world)
    world.apply()
    own_lines(world, mine)
    spec, design, options = (world.text(path) for path in SPECS)
    assert (
        spec.count("nfrastructure") == mine[SPECS[0]].count("nfrastructure") + 1
    )  # "Infrastructure as Code"
    assert "- **Hosting platform** — Fly.io (Machines)" in spec
    assert "- **Region(s)**: one region: fra" in spec and "- **Budget**: budget 60 EUR" in spec
    assert "**Scaling strategy:** automatic, 1 to 3 instances\r\n" in design and "\n" not in design.replace(
        "\r\n", ""
    )
    assert "- [x] log to stdout\r\n\r\n* **Monitoring:** Sentry" in design  # her list of chores stays her own
    assert "- **Rationale:** because of the trains" in options and "- **Selection:** Fly.io" in options
    assert "Candidates: see above; we honestly" in options


def test_three_rounds_and_all_the_way_back(world: World):
    states, mine = [bytes_of(world)], author_s(world)
    world.apply()
    states.append(bytes_of(world))

    # Jonas writes between our lines and rewords one; the answers move
    world.edit(SPECS[1], "* **Alert routes:** e-mail", "* **Alert routes:** e-mail, and Käthe's bell")
    world.edit(SPECS[0], "We lend seeds.", "We lend seeds, and once a goat.")
    mine[SPECS[0]] = mine[SPECS[0]].replace("We lend seeds.", "We lend seeds, and once a goat.")
    world.run("change", "scaling", "1 to 5 instances with 512 MB, more above 70% CPU")
    world.apply()
    own_lines(world, mine)
    assert "Käthe's bell" in world.text(SPECS[1]) and "at most 5" in world.text(SPECS[1])
    assert "GP813" in world.found() or "GP817" in world.found() or "GP818" in world.found()

    # another round: a document of ours is emptied of one line, the region moves
    world.edit(SPECS[1], world.line(SPECS[1], "Latency:**") + "\r\n", "")
    world.run("change", "regions", "Paris, our users are in Germany")
    world.apply()
    own_lines(world, mine)
    assert "cdg" in world.text(SPECS[0]) and "Latency:**" in world.text(SPECS[1])
    settled = bytes_of(world)
    world.apply()
    assert bytes_of(world) == settled

    # back: the last apply and change are ours alone; before them stands an edit, which undo does not take
    world.run("undo", "--yes")
    world.run("undo", "--yes")
    assert "Paris" not in world.text("groundplan.toml") and "goat" in world.text(SPECS[0])
    world.run("undo", "--redo", "--yes")
    world.run("undo", "--redo", "--yes")
    assert bytes_of(world) == settled


def test_the_first_apply_is_taken_back_to_the_byte(world: World):
    before = bytes_of(world)
    world.apply()
    world.run("undo", "--yes")
    assert bytes_of(world) == before
