"""How an answer was understood, beside the words that caused it. Knows layout; understands nothing itself."""

from __future__ import annotations

import msgspec

from groundplan.cli.terminal import Cell, Paint, Terminal, cells, measure, painted, safe, wrap, wrap_cells
from groundplan.cli.views.wording import Phrase, label_of, phrases
from groundplan.model.decision import FollowUp, Reading, Remark, Span
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.plan import Assumption

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SAID = {"stated": "said", "inferred": "inferred", "assumed": "assumed"}
_REMARK_SIGN = {"unused": "?", "out_of_turn": ">", "rejected": "x"}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    text: str
    note: str
    number: int | None = None
    """Stands behind the words that caused the row; None where no words did."""
    remark: str = ""
    """A finding about this row, on its own line."""
    paint: Paint = ""
    places: tuple[tuple[int, int], ...] = ()
    """The words: start and end, in order."""


def echo(
    reading: Reading,
    device: Terminal,
    diagnostics: tuple[Diagnostic, ...] = (),
    assumptions: tuple[Assumption, ...] = (),
    follow_ups: bool = True,
) -> str:
    """The person's words with numbers, one row a field, what was not used, and what is asked back."""
    rows = _rows(reading, diagnostics)
    lines = _words(reading, rows, device) + _table([*rows, *_assumed(reading, assumptions)], device)
    lines += _remarks(reading, device)
    if follow_ups:
        for follow_up in reading.follow_ups:
            lines += asking(follow_up, device)
    return "\n".join(lines)


def asking(follow_up: FollowUp, device: Terminal) -> list[str]:
    """A follow-up question and its numbered choices."""
    lines = [
        f"   {device.paint('?', 'yellow')} {line}" if i == 0 else f"     {line}"
        for i, line in enumerate(wrap(follow_up.text, device.width - 6))
    ]
    for i, choice in enumerate(follow_up.choices, 1):
        lines.append(f"     {device.paint(f'{i})', 'cyan')} {safe(choice.label)}")
    return lines


def _rows(reading: Reading, diagnostics: tuple[Diagnostic, ...]) -> list[Row]:
    """One row a field, in the order of the words; those without words come last."""
    rows = _with_findings([_row(reading, p) for p in phrases(reading.value)], reading.question, diagnostics)
    rows.sort(key=lambda row: row.places[0] if row.places else (len(reading.text), 0))
    return [msgspec.structs.replace(row, number=i) if row.places else row for i, row in enumerate(rows, 1)]


def _row(reading: Reading, phrase: Phrase) -> Row:
    spans = tuple(s for s in reading.spans if any(_under(s.field, f) for f in phrase.fields))
    note, paint = _basis(reading, phrase, spans)
    return Row(
        label=phrase.label,
        text=phrase.text,
        note=note,
        paint=paint,
        places=tuple(_places(phrase, spans, reading.text)),
    )


def _places(phrase: Phrase, spans: tuple[Span, ...], text: str) -> list[tuple[int, int]]:
    """Where the words of a row stand; each name of a list is marked by itself."""
    places = sorted({(s.start, s.end) for s in spans if s.end > s.start})
    listed = any(s.field.startswith(f"{field}.") for s in spans for field in phrase.fields)
    return places if listed else _joined(places, text)


def _under(field: str, path: str) -> bool:
    """Whether a span's field is `path` or inside it."""
    return field == path or field.startswith(path + ".")


def _joined(places: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Stretches with nothing but signs between them become one: `$` `100` `/month`."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and not any(c.isalnum() for c in text[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    worded = [(start, end) for start, end in joined if any(c.isalnum() for c in text[start:end])]
    return worded or joined


def _basis(reading: Reading, phrase: Phrase, spans: tuple[Span, ...]) -> tuple[str, Paint]:
    if any(field in reading.corrected for field in phrase.fields):
        return "set by you", "green"
    if any(field in reading.unclear for field in phrase.fields):
        return "unclear", "yellow"
    basis = spans[0].basis if spans else "assumed"
    return _SAID[basis], {"stated": "green", "inferred": "cyan", "assumed": "yellow"}[basis]  # type: ignore[return-value]  # a dict of literals widens to str


def _with_findings(rows: list[Row], question: str, diagnostics: tuple[Diagnostic, ...]) -> list[Row]:
    """Each error or warning that points at words, once, below the row whose words fit best."""
    for finding in diagnostics:
        where = finding.where
        if where is None or where.question != question or where.start is None or finding.severity == "note":
            continue
        place = where.start, where.end or where.start + 1
        fits = [max((_fit(place, p) for p in row.places), default=0.0) for row in rows]
        if fits and max(fits) > 0:
            best = fits.index(max(fits))
            told = "\n".join(filter(None, (rows[best].remark, _told(finding))))
            rows[best] = msgspec.structs.replace(rows[best], remark=told)
    return rows


def _fit(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of both stretches is shared: 1 is the same, 0 nothing."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def _told(finding: Diagnostic) -> str:
    served = f"; served by {finding.served_by}" if finding.served_by else ""
    return f"{finding.code}: {finding.message}{served}"


def _assumed(reading: Reading, assumptions: tuple[Assumption, ...]) -> list[Row]:
    """What the plan filled in for this question."""
    shown = {f"{reading.question}.{f}" for phrase in phrases(reading.value) for f in phrase.fields}
    return [
        Row(
            label=label_of(a.field.partition(".")[2]),
            text=a.value,
            note=f"assumed, {a.reason}" if a.reason else "assumed",
            paint="yellow",
        )
        for a in assumptions
        if a.field.startswith(reading.question + ".") and a.field not in shown
    ]


def _words(reading: Reading, rows: list[Row], device: Terminal) -> list[str]:
    """The answer in quotation marks with its numbers, wrapped; each reply on a line of its own."""
    if not reading.text.strip():
        return ["  " + device.paint("nothing was said yet", "dim")]
    marks = _marks(rows, device)
    used = [place for row in rows for place in row.places]
    unused = [(r.start, r.end) for r in reading.remarks if r.kind == "unused"]
    line: list[Cell] = [(device.sign("“", '"'), "dim")]
    lines: list[str] = []
    for i, char in enumerate(reading.text):
        if char == "\n":
            lines += _flushed(line, lines, device)
            line = []
        else:
            line += cells(char, _paint_of(i, used, unused))
        line += cells(marks.get(i + 1, ""), "cyan")
    return lines + _flushed([*line, (device.sign("”", '"'), "dim")], lines, device)


def _marks(rows: list[Row], device: Terminal) -> dict[int, str]:
    """What stands behind the word that ends at each position."""
    ends: dict[int, list[int]] = {}
    for row in rows:
        for _, end in row.places:
            ends.setdefault(end, []).append(row.number or 0)
    return {end: _mark(sorted(set(numbers)), device) for end, numbers in ends.items()}


def _mark(numbers: list[int], device: Terminal) -> str:
    if not device.unicode:
        return f"[{','.join(map(str, numbers))}]"
    return "˒".join(str(n).translate(_RAISED) for n in numbers)


def _flushed(row: list[Cell], before: list[str], device: Terminal) -> list[str]:
    texts = [painted(line, device) for line in wrap_cells(row, device.width - 4)]
    first = "   " if before else "  "
    return [first + texts[0], *("   " + text for text in texts[1:])]


def _paint_of(i: int, used: list[tuple[int, int]], unused: list[tuple[int, int]]) -> Paint:
    if any(start <= i < end for start, end in used):
        return "bold"
    return "yellow" if any(start <= i < end for start, end in unused) else ""


def _table(rows: list[Row], device: Terminal) -> list[str]:
    if not rows:
        return []
    labels = max(measure(row.label) for row in rows) + 2
    values = min(max(measure(row.text) for row in rows) + 2, max(18, device.width // 2 - 6))
    heads = max(max(len(_head(row, device)) for row in rows), 2)
    if device.width - heads - labels - values - 4 < 14:
        rows = [msgspec.structs.replace(row, text=f"{row.text} ({row.note})", note="") for row in rows]
        values = max(device.width - heads - labels - 4, 12)
    return [line for row in rows for line in _printed(row, device, (heads, labels, values))]


def _head(row: Row, device: Terminal) -> str:
    return str(row.number) if row.number else device.sign("–", "-")


def _printed(row: Row, device: Terminal, sizes: tuple[int, int, int]) -> list[str]:
    heads, labels, values = sizes
    head = device.paint(_head(row, device).rjust(heads), "cyan")
    texts = wrap(row.text, values - 1) or [""]
    notes = wrap(row.note, max(device.width - heads - labels - values - 4, 16)) or [""]
    lines = []
    for i in range(max(len(texts), len(notes))):
        text = texts[i] if i < len(texts) else ""
        note = device.paint(notes[i], row.paint) if i < len(notes) else ""
        label = _pad(row.label if i == 0 else "", labels)
        lines.append(f"  {head if i == 0 else ' ' * heads} {label}{_pad(text, values)}{note}".rstrip())
    if row.remark:
        indent = " " * (heads + 3)
        arrow = device.sign("↳ ", "-> ")
        for told in row.remark.split("\n"):
            found = wrap(arrow + told, device.width - len(indent), hang="  ")
            lines += [indent + device.paint(line, "yellow") for line in found]
    return lines


def _pad(text: str, width: int) -> str:
    return text + " " * max(width - measure(text), 0)


def _remarks(reading: Reading, device: Terminal) -> list[str]:
    lines: list[str] = []
    asked_back = " ".join(follow_up.text for follow_up in reading.follow_ups)
    for remark in reading.remarks:
        if remark.quote and remark.quote in asked_back:
            continue
        sign = _REMARK_SIGN.get(remark.kind, device.sign("·", "*"))
        text = wrap(_remark(remark, device), device.width - 6)
        paint: Paint = "yellow" if remark.kind == "unused" else "dim"
        lines += [f"   {device.paint(sign, paint)} {text[0]}", *(f"     {line}" for line in text[1:])]
    return lines


def _remark(remark: Remark, device: Terminal) -> str:
    quoted = f"{device.sign('“', chr(34))}{remark.quote}{device.sign('”', chr(34))}"
    if remark.kind == "out_of_turn" and remark.question:
        return f"{quoted} is about {remark.question}"
    if remark.quote and remark.quote not in remark.text:
        return f"{quoted}: {remark.text}"
    return remark.text
