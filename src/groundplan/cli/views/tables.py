"""Tables for people: columns as wide as they need, cells that wrap. Knows widths; knows no subject."""

from __future__ import annotations

from groundplan.cli.terminal import Terminal, measure, wrap


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
