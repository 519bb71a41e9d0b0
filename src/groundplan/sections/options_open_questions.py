"""implementation_options_spec.md, Open Questions / Deferred Topics: what was said and is not decided here."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    planned, unused = [], []
    for key, reading in case.decisions.readings.items():
        for remark in reading.remarks:
            if remark.kind in ("planned", "deferred"):
                planned.append(f"{key}: “{inline(remark.quote)}”")
            elif remark.kind == "unused" and remark.quote.strip():
                unused.append(f"{key}: “{inline(remark.quote)}”")
    open_ones = [k for k, r in case.decisions.readings.items() if r.status in ("unknown", "unclear")]
    fields = (
        Field(label="Planned for later", text=_listed(planned)),
        Field(label="Said and not used", text=_listed(unused)),
        Field(label="Still to decide", text=w.listed([inline(k) for k in open_ones])),
    )
    return tuple(f for f in fields if f.text)


def _listed(lines: list[str]) -> str:
    return "\n".join([f"{len(lines)} remark{'s' if len(lines) > 1 else ''}", *lines]) if lines else ""


SECTION = Section(
    key="options_open_questions",
    document=w.OPTIONS,
    heading=("Open Questions / Deferred Topics",),
    render=render,
)
