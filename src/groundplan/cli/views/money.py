"""The estimate and the option matrix for people. Knows layout; computes no money."""

from __future__ import annotations

from groundplan.cli.terminal import Paint, Terminal, measure, wrap
from groundplan.cli.views.wording import money, number
from groundplan.model.estimate import Estimate, Line, OptionRow
from groundplan.model.quantity import Range

_PAINT: dict[str, Paint] = {
    "within": "green",
    "breaks_at_maximum": "yellow",
    "breaks_at_expected": "red",
    "over_at_minimum": "red",
}


def spread(total: Range, currency: str = "USD") -> str:
    """`$35.80 to $71.60 a month`, or one sum where the range is flat."""
    low, high = money(total.floor, currency), money(total.ceiling, currency)
    return f"{low} a month" if low == high else f"{low} to {high} a month"


def headline(estimate: Estimate, device: Terminal) -> str:
    total = estimate.total
    expected = money(total.expected, estimate.currency)
    lines = [device.paint(f"Cost: {spread(total, estimate.currency)}, {expected} expected", "bold")]
    paint = _PAINT.get(estimate.verdict.state, "")
    lines += [device.paint(line, paint) for line in wrap(estimate.verdict.text, device.width)]
    if estimate.missing:
        names = ", ".join(dict.fromkeys(m.component for m in estimate.missing))
        lines += wrap(f"Not counted, the price is unknown: {names}", device.width)
    return "\n".join(lines)


def breakdown(estimate: Estimate, device: Terminal) -> str:
    """Every line: what it is, how much of it, and the three sums."""
    rows = [_line(line, estimate.currency) for line in estimate.lines]
    total = estimate.total
    sums = [money(v, estimate.currency) for v in (total.floor, total.expected, total.ceiling)]
    rows.append(("total", "", *sums))
    head = ("component", "what", "minimum", "expected", "maximum")
    lines = table([head, *rows], device, right=(2, 3, 4))
    lines += [
        f"{m.component}: {m.meter} is not counted, its price ({m.price}) is unknown" for m in estimate.missing
    ]
    return "\n".join([*lines, "", headline(estimate, device), f"Prices as of {estimate.as_of}."])


def _line(line: Line, currency: str) -> tuple[str, ...]:
    monthly = line.monthly
    amount = number(line.quantity.expected)
    what = f"{line.meter}: {amount} {line.unit} at {money(line.unit_price, currency)}"
    if 0 < line.unit_price < 1:
        what = f"{line.meter}: {amount} {line.unit} at ${number(line.unit_price)}"
    mark = "" if line.certainty == "verified" else f" ({line.certainty})"
    where = f" {line.region}" if line.region else ""
    sums = (money(v, currency) for v in (monthly.floor, monthly.expected, monthly.ceiling))
    return (f"{line.component}{where}", what + mark, *sums)


def options(rows: tuple[OptionRow, ...], device: Terminal) -> str:
    """Every platform for the same capacity; the chosen one is marked."""
    head = ("", "platform", "a month", "scaling", "code")
    body = [_option(row, device) for row in rows]
    return "\n".join(table([head, *body], device))


def _option(row: OptionRow, device: Terminal) -> tuple[str, ...]:
    total = "not planned yet" if row.total is None else spread(row.total).removesuffix(" a month")
    if row.missing and row.total is not None:
        total += f" + {row.missing} unknown"
    service = f", {row.service}" if row.service else ""
    return (device.sign("▸", ">") if row.chosen else "", row.name + service, total, row.scaling, row.code)


def table(rows: list[tuple[str, ...]], device: Terminal, right: tuple[int, ...] = ()) -> list[str]:
    """Columns as wide as they need, the widest shrunk until the table fits; cells wrap."""
    sizes = [max(measure(row[i]) for row in rows) for i in range(len(rows[0]))]
    while sum(sizes) + 2 * len(sizes) > device.width and max(sizes) > 12:
        sizes[sizes.index(max(sizes))] -= 1
    lines: list[str] = []
    for number_, row in enumerate(rows):
        printed = _row(row, sizes, right)
        lines += [device.paint(line, "dim") for line in printed] if number_ == 0 else printed
    return lines


def _row(row: tuple[str, ...], sizes: list[int], right: tuple[int, ...]) -> list[str]:
    cells = [wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    lines = []
    for i in range(max(len(cell) for cell in cells)):
        parts = [
            _cell(cell[i] if i < len(cell) else "", size, column in right)
            for column, (cell, size) in enumerate(zip(cells, sizes, strict=True))
        ]
        lines.append("  ".join(parts).rstrip())
    return lines


def _cell(text: str, size: int, right: bool) -> str:
    gap = " " * max(size - measure(text), 0)
    return gap + text if right else text + gap
