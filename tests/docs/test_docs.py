"""Documentation is executed: every `console` block of the tutorial and the guides, in order, in one new folder.

A line that starts with `$ ` is run by the shell; the lines under it must appear in its output, in that order.
`...` on a line of its own stands for any lines left out, inside a line for any words. A block that follows
`<!-- file: NAME -->` is written to that file first.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "docs" / "tutorial.md", *(ROOT / "docs" / "guides").glob("*.md")])
LINKED = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


def steps(page: Path):
    """Yield ("write", name, text) and ("run", command, expected lines) in the order of the page."""
    wanted = None
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "html_block" and (named := re.match(r"<!-- file: (\S+) -->", token.content)):
            wanted = named[1]
        elif token.type == "fence" and wanted:
            yield "write", wanted, token.content
            wanted = None
        elif token.type == "fence" and token.info == "console":
            yield from commands(token.content)


def commands(block: str):
    command, expected = None, []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield "run", command, expected
            command, expected = line[2:], []
        else:
            expected.append(line.rstrip())
    if command:
        yield "run", command, expected


def appears(expected: list[str], output: str) -> str | None:
    """The first expected line that the output lacks in order, or None."""
    lines = iter(line.rstrip() for line in output.splitlines())
    for wanted in expected:
        if wanted.strip() in ("", "..."):
            continue
        shape = re.compile(".*".join(map(re.escape, wanted.split("..."))))
        if not any(shape.fullmatch(line) for line in lines):
            return wanted
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_page_does_what_it_says(page: Path, tmp_path: Path):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = 0
    for kind, what, content in steps(page):
        if kind == "write":
            (tmp_path / what).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / what).write_text(content, encoding="utf-8")
            continue
        done = subprocess.run(
            what,
            shell=True,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"},
        )
        output = done.stdout + done.stderr
        assert done.returncode in (0, 1, 3), output
        missing = appears(content, output)
        assert missing is None, f"`{what}` does not print `{missing}`:\n{output}"
        ran += 1
    assert ran


@pytest.mark.parametrize("page", LINKED, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path):
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 200
