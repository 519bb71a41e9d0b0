"""A diagram in a field: written under its label in any list, read back, updated, and left alone once a person drew."""

from __future__ import annotations

import msgspec
import pytest
from fill.made_documents import DOCUMENT
from markdown_it import MarkdownIt

from groundplan.fill import fill
from groundplan.model.spec import Field, SectionFill

FIELD = Field(
    label="Topology", text="one region", drawing='flowchart LR\nusers(["Users"])\nusers --> web0', also=("Diagram",)
)  # fmt: skip
OTHER = msgspec.structs.replace(FIELD, drawing="flowchart LR\nusers --> web1")


def wanted(field: Field) -> tuple[SectionFill, ...]:
    return (SectionFill(key="x", document=DOCUMENT, heading=("Scaling",), fields=(field,)),)


LISTS = [
    "## Scaling\n\n- **Topology:** TBD\n- **Owner:** Priya\n",
    "## Scaling\r\n\r\n* __Topology__: ___\r\n\r\n* Owner: Priya\r\n",
    "Scaling\n===\n\n10. **Diagram:**\n11. **Owner:** Priya",
    "## Scaling\n\n +\t**Topology:** TBD\n +\t**Owner:** Priya\n",
    "## Scaling\n\n- **Owner:** Priya\n\nText after it.\n",
    "# Own\n\nNothing of it.\n",
]


@pytest.mark.parametrize("text", LISTS)
def test_a_drawing_is_one_fence_and_is_updated(text: str) -> None:
    first = fill(DOCUMENT, text.encode(), wanted(FIELD), ())
    assert first.diagnostics == () and fences(first.content) == [FIELD.drawing]
    assert fill(DOCUMENT, first.content, wanted(FIELD), first.written).content == first.content
    second = fill(DOCUMENT, first.content, wanted(OTHER), first.written)
    assert fences(second.content) == [OTHER.drawing]
    lines = iter(second.content.decode().splitlines())
    assert all(line in lines for line in text.splitlines() if "Priya" in line or "ext" in line)


@pytest.mark.parametrize("text", LISTS)
def test_a_drawing_that_a_person_changed_stays(text: str) -> None:
    first = fill(DOCUMENT, text.encode(), wanted(FIELD), ())
    drawn = first.content.replace(b"users --> web0", b"users --> cdn --> web0")
    second = fill(DOCUMENT, drawn, wanted(OTHER), first.written)
    assert second.content == drawn and [d.code for d in second.diagnostics] == ["GP701"]


@pytest.mark.parametrize(
    "text", ["## Scaling\n\n| a | b |\n|---|---|\n| Topology | TBD |\n", "## Scaling\n\n**Topology:** ___\n"]
)
def test_where_one_line_has_room_the_words_stand_alone(text: str) -> None:
    filled = fill(DOCUMENT, text.encode(), wanted(FIELD), ())
    assert b"one region" in filled.content and b"flowchart" not in filled.content
    assert fill(DOCUMENT, filled.content, wanted(FIELD), filled.written).content == filled.content
    assert fill(DOCUMENT, filled.content, wanted(OTHER), filled.written).content == filled.content


def fences(content: bytes) -> list[str]:
    return [t.content.rstrip("\n") for t in MarkdownIt().parse(content.decode()) if t.type == "fence"]
