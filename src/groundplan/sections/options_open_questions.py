"""implementation_options_spec.md, Open Questions / Deferred Topics: what was said and is not decided here."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.decision import Remark
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.phases import builtin
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    planned, unused = [], []
    titles = {q.key: inline(q.title) for q in builtin().questions}
    for key, reading in case.decisions.readings.items():
        title = titles.get(key, inline(key))
        for remark in reading.remarks:
            if remark.kind in ("planned", "deferred"):
                planned.append(f"{title}: {_quoted(reading.text, remark)}")
            elif remark.kind == "unused" and remark.quote.strip():
                unused.append(f"{title}: {_quoted(reading.text, remark)}")
    open_ones = [
        f"{titles.get(key, inline(key))} (`groundplan change {key} …`)"
        for key, reading in case.decisions.readings.items()
        if reading.status in ("unknown", "unclear")
    ]
    fields = (
        Field(label="Planned for later", text=_listed(list(dict.fromkeys(planned)))),
        Field(label="Said and not used", text=_listed(list(dict.fromkeys(unused)))),
        Field(label="Still to decide", text=w.listed(open_ones)),
    )
    return tuple(f for f in fields if f.text)


def _quoted(text: str, remark: Remark) -> str:
    """The words, and the clause that they stand in where they alone say little."""
    quote = f"“{inline(remark.quote)}”"
    if text[remark.start : remark.end] != remark.quote:
        return quote
    clause = w.clause(text, remark.start, remark.end)
    return quote if clause == " ".join(remark.quote.split()) else f"{quote} in “{inline(clause)}”"


def _listed(lines: list[str]) -> str:
    return "\n".join([f"{len(lines)} remark{'s' if len(lines) > 1 else ''}", *lines]) if lines else ""


SECTION = Section(
    key="options_open_questions",
    document=w.OPTIONS,
    heading=("Open Questions / Deferred Topics",),
    render=render,
)
