"""A long document is cut at its headings; what is found is what parsing the whole of it finds."""

from __future__ import annotations

import os
import sys

import msgspec
import pytest
from fill.made_documents import DOCUMENT, documents, sections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groundplan.fill import fill
from groundplan.syntax.lines import split
from groundplan.syntax.outline import Item, outline

CASES = int(os.environ.get("GROUNDPLAN_CASES", "1000"))
ABOUT = {"infrastructure", "notes", "open questions deferred topics", "open questions"}


def plain(items: tuple[Item, ...], places: list[tuple[int, int]]) -> list[Item]:
    """Items of these places; how lists are numbered says nothing."""
    here = [i for i in items if any(a <= i.line < b for a, b in places)]
    return [msgspec.structs.replace(i, list=0) for i in here]


@settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)
@given(st.lists(documents(), min_size=1, max_size=3))
@example(["- a\n\n  ```\n - b\n  ## Infrastructure\n  ```\n\n# Part\n"])
@example(["- a\n\n  ```\n```\n## Infrastructure\n```\n\n# Part\n"])
def test_cutting_finds_what_parsing_the_whole_finds(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    whole, sparse = outline(text), outline(text, ABOUT)
    assert sparse.headings == whole.headings and sparse.lines == whole.lines
    places = [(h.line, h.end) for h in whole.headings if h.title in ABOUT]
    assert plain(sparse.items, places) == plain(whole.items, places)
    assert plain(sparse.slots, places) == plain(whole.slots, places)


PART = """## Part {0}

We write about part {0}, over several lines, with *emphasis*, `code` and [links](https://example.com).
It says little.

- **Owner:** team {0}
- a list item
  - nested `item` one

```python
# not a heading
print({0})
```

| a | b |
|---|---|
| {0} | x |

"""


NOTES = "### Notes of service {0}\n\nlatency review index deploy team\n\n"
SECTION = "## Infrastructure\n\n- **Provider:** Hetzner\n\n"


def work(content: bytes) -> int:
    """Function calls that filling takes: what `make bench` measures in seconds, without the noise of a busy machine."""
    count = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        fill(DOCUMENT, content, sections()[:1], ())
    finally:
        sys.setprofile(None)
    return count


def long(part: str, count: int) -> bytes:
    body = [part.format(n) for n in range(count)]
    body.insert(count // 2, "## Infrastructure\n\n- **Provider:** TBD\n\n")
    return "".join(body).encode()


@pytest.mark.parametrize(("part", "calls"), [(PART, 400), (NOTES, 120)])
def test_a_part_that_is_not_filled_costs_few_calls_however_many_there_are(part: str, calls: int) -> None:
    work(long(part, 1))
    few, many = work(long(part, 200)), work(long(part, 2000))
    assert many - few < 1800 * calls
    assert many < 10.5 * few


@pytest.mark.parametrize("repeated", [SECTION, "- **Provider:** Hetzner\n"])
def test_the_same_section_or_label_many_times_is_told_in_time(repeated: str) -> None:
    few, many = (("# Codebase\n\n## Infrastructure\n\n" + repeated * n).encode() for n in (300, 3000))
    assert work(many) < 12 * work(few)
    filled = fill(DOCUMENT, many, sections()[:1], ())
    assert [d.code for d in filled.diagnostics] == ["GP702"] and filled.content == many


@given(st.text(alphabet="ab \t\r\n\u2028\x0b", max_size=30))
def test_lines_are_the_text_cut_behind_its_line_ends(text: str) -> None:
    lines = split(text)
    assert "".join(text[line.start : line.next] for line in lines) == text
    for line in lines:
        assert text[line.stop : line.next] in ("\r\n", "\r", "\n", "")
        assert not {"\r", "\n"} & {*text[line.start : line.stop]}
    assert [line.stop == line.next for line in lines[:-1]].count(True) == 0
    assert list(lines[1:3]) == list(lines)[1:3]
