"""Diagnostics for people: what, why, where, the fix and the source. Knows layout; judges nothing."""

from __future__ import annotations

from groundplan.cli.terminal import Paint, Terminal, safe, wrap
from groundplan.model.diagnostic import Diagnostic, Severity, Where
from groundplan.model.infrastructure import Source

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_PAINT: dict[Severity, Paint] = {"error": "red", "warning": "yellow", "note": "cyan"}


def findings(diagnostics: tuple[Diagnostic, ...], device: Terminal) -> str:
    """All findings, errors first, each in full; then how many there are."""
    blocks = [finding(d, device) for level in SEVERITIES for d in diagnostics if d.severity == level]
    return "\n\n".join([*blocks, tally(diagnostics)])


def finding(diagnostic: Diagnostic, device: Terminal) -> str:
    paint = _PAINT[diagnostic.severity]
    head = device.paint(f"{diagnostic.severity}[{diagnostic.code}]", paint)
    room = device.width - len(f"{diagnostic.severity}[{diagnostic.code}]: ")
    first, *rest = wrap(diagnostic.message, room)
    lines = [f"{head}: {device.paint(first, 'bold')}", *(f"  {device.paint(r, 'bold')}" for r in rest)]
    for label, text in _details(diagnostic):
        lines += _detail(label, text, device)
    return "\n".join(lines)


def _details(diagnostic: Diagnostic) -> list[tuple[str, str]]:
    fix = diagnostic.fix.text if diagnostic.fix else ""
    rows = [
        ("why", diagnostic.why),
        ("where", place(diagnostic.where) if diagnostic.where else ""),
        ("served by", diagnostic.served_by),
        ("fix", fix),
        ("source", cited(diagnostic.source) if diagnostic.source else ""),
    ]
    return [(label, text) for label, text in rows if text]


def _detail(label: str, text: str, device: Terminal) -> list[str]:
    lines = wrap(text, device.width - 14)
    return [
        f"  {device.paint(f'{label:>9}', 'dim')}  {line}" if i == 0 else f"{'':13}{line}"
        for i, line in enumerate(lines)
    ]


def place(where: Where) -> str:
    if where.path:
        return f"{where.path}:{where.line}" if where.line else where.path
    quote = f"“{where.quote}”" if where.quote else ""
    return f"{where.question}: {quote}" if where.question and quote else where.question or quote


def cited(source: Source) -> str:
    marks = "" if source.certainty == "verified" else f", {source.certainty}"
    return ", ".join(part for part in (source.title, source.url, source.date) if part) + marks


def tally(diagnostics: tuple[Diagnostic, ...]) -> str:
    counts = [(sum(d.severity == level for d in diagnostics), level) for level in SEVERITIES]
    told = [f"{count} {level}{'' if count == 1 else 's'}" for count, level in counts if count]
    return ", ".join(told) if told else "no findings"


def one_line(diagnostic: Diagnostic, device: Terminal) -> str:
    """For standard error: the finding and, below, where it is in a file and its fix."""
    head = device.paint(f"{diagnostic.severity}[{diagnostic.code}]", _PAINT[diagnostic.severity])
    text = f"{head}: {safe(diagnostic.message)}"
    told = ("why", "where", "fix")
    for label, more in _details(diagnostic):
        if label in told and (label != "where" or (diagnostic.where and diagnostic.where.path)):
            text += f"\n  {label}: {safe(more)}"
    return text
