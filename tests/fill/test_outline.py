"""A long document is cut at its headings; what is found is what parsing the whole of it finds."""

from __future__ import annotations

import os
import time

import msgspec
import pytest
from fill.made_documents import DOCUMENT, documents, sections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groundplan.fill import fill
from groundplan.syntax import outline as module
from groundplan.syntax.outline import Item, outline

CASES = int(os.environ.get("GROUNDPLAN_CASES", "1000"))
ABOUT = {"infrastructure", "notes", "open questions deferred topics", "open questions"}


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG", 0)


def plain(items: tuple[Item, ...], places: list[tuple[int, int]]) -> list[Item]:
    """Items of these places; how lists are numbered says nothing."""
    here = [i for i in items if any(a <= i.line < b for a, b in places)]
    return [msgspec.structs.replace(i, list=0) for i in here]


@pytest.mark.usefixtures("cut")
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


def test_ten_megabytes_take_under_two_seconds() -> None:
    count = 10 * 1024 * 1024 // len(PART)
    body = [PART.format(n) for n in range(count)]
    body.insert(count // 2, "## Infrastructure\n\n- **Provider:** TBD\n\n")
    content = "".join(body).encode()
    start = time.process_time()
    filled = fill(DOCUMENT, content, sections()[:1], ())
    assert time.process_time() - start < 2 * SLOW
    assert {c.state for c in filled.changes} == {"filled"} and len(filled.content) > len(content)


SLOW = float(os.environ.get("GROUNDPLAN_SLOW", "2"))
"""How many times slower than the goal a busy machine may be before the test fails; `make bench` measures exactly."""
