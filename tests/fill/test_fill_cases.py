"""Documents of every shape, as data: what goes in, what comes out, and what is said of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from groundplan.fill import fill
from groundplan.model.spec import Field, SectionFill

DOCUMENT = "docs/specs/codebase_spec.md"
CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
FIELDS = (
    Field(label="Provider", text="Fly.io"),
    Field(label="Regions/Zones", text="fra", uncertain=True, also=("Regions",)),
    Field(label="Alerting", text="1 alarm\ndowntime: e-mail", also=("Alerting strategy", "Alerts")),
)
SECTIONS = (SectionFill(key="infra", document=DOCUMENT, heading=("Infrastructure",), fields=FIELDS),)


def before_of(case: dict) -> bytes:
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    return (case["before"].lstrip("\n") if case.get("strip") else case["before"]).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case: dict) -> None:
    before = before_of(case)
    wanted = case["after"].lstrip("\n") if case.get("strip") else case.get("after")
    filled = fill(DOCUMENT, before, SECTIONS, (), frozenset(case.get("into", ())))
    assert filled.content.decode(errors="replace") == (
        wanted if wanted is not None else before.decode(errors="replace")
    )
    assert [d.code for d in filled.diagnostics] == case.get("codes", [])
    said = " ".join(d.message + (d.fix.text if d.fix else "") for d in filled.diagnostics)
    assert case.get("says", "") in said
    again = fill(DOCUMENT, filled.content, SECTIONS, filled.written, frozenset(case.get("into", ())))
    assert again.content == filled.content
