"""The estimate and the option matrix for people. Knows layout; computes no money."""

from __future__ import annotations

from groundplan.cli.terminal import Paint, Terminal, wrap
from groundplan.cli.views.tables import table
from groundplan.cli.views.wording import money, number
from groundplan.facts import names
from groundplan.model.estimate import Estimate, Line, Missing, OptionRow, Remedy
from groundplan.model.quantity import Range

_PAINT: dict[str, Paint] = {
    "within": "green",
    "breaks_at_maximum": "yellow",
    "breaks_at_expected": "red",
    "over_at_minimum": "red",
    "unpriced": "yellow",
}
_OUTSIDE = {"not_kept": " (outside what you named)", "partly": " (partly outside what you named)"}
_LOAD = {
    "egress_gb": "GB to the internet",
    "log_gb": "GB of logs",
    "requests_millions": "million requests",
    "busy_percent": "% busy instances",
    "database_gb": "GB in each database",
    "responders": "people paged",
}


def spread(total: Range, currency: str = "USD") -> str:
    """`$35.80 to $71.60 a month`, or one sum where the range is flat."""
    low, high = money(total.floor, currency), money(total.ceiling, currency)
    return f"{low} a month" if low == high else f"{low} to {high} a month"


def headline(estimate: Estimate, device: Terminal) -> str:
    total, verdict = estimate.total, estimate.verdict
    expected = money(total.expected, estimate.currency)
    known = "Cost of what has a known price: at least" if estimate.missing else "Cost:"
    lines = [device.paint(f"{known} {spread(total, estimate.currency)}, {expected} expected", "bold")]
    lines += [device.paint(line, "bold") for line in _stood_in(estimate, device)]
    paint = _PAINT.get(verdict.state, "")
    lines += [device.paint(line, paint) for line in wrap(_shorter(estimate), device.width)]
    if verdict.breaks_first:
        lines += wrap(verdict.breaks_first, device.width)
    if verdict.remedies:
        first = verdict.remedies[0]
        lines += wrap(f"Brought back by {first.change}: {_about(first)}", device.width)
    elif verdict.closest:
        near = verdict.closest
        lines += wrap(f"No single change brings it back; {near.change} gives {_about(near)}", device.width)
    if estimate.missing:
        names = ", ".join(dict.fromkeys(m.component for m in estimate.missing))
        lines += wrap(f"Not counted, the price is unknown here: {names}", device.width)
    return "\n".join(lines)


def _stood_in(estimate: Estimate, device: Terminal) -> list[str]:
    """The second sum, in which another region's prices stand for those that are unknown here."""
    if estimate.like is None:
        return []
    count = len(estimate.missing) - len(estimate.nowhere)
    where = " and ".join(estimate.like_regions)
    which = "unknown line" if count == 1 else f"{count} unknown lines"
    expected = money(estimate.like.expected, estimate.currency)
    sums = f"about {spread(estimate.like, estimate.currency)}, {expected} expected"
    text = f"With the prices of {where} for the {which}: {sums}"
    return wrap(text, device.width)


def _shorter(estimate: Estimate) -> str:
    """The verdict without the sum that stands above it."""
    text = estimate.verdict.text
    if estimate.like is None:
        return text
    return text.replace(f"; {estimate.like_words}:", "; at these prices").replace(
        f"{estimate.like_words}:", "at these prices,"
    )


def _about(remedy: Remedy) -> str:
    return ("about " if remedy.about else "") + spread(remedy.total)


def breakdown(estimate: Estimate, device: Terminal) -> str:
    """Every line with its three sums, what is missing, what was assumed, and what would bring it back into budget."""
    rows = [_line(line, estimate.currency) for line in estimate.lines]
    total = estimate.total
    sums = [money(v, estimate.currency) for v in (total.floor, total.expected, total.ceiling)]
    rows.append(("total", "", *sums))
    head = ("component", "what", "minimum", "expected", "maximum")
    lines = table([head, *rows], device, right=(2, 3, 4))
    for missing in estimate.missing:
        lines += wrap(_unknown(missing), device.width)
    blocks = ["\n".join(lines), headline(estimate, device), *_remedies(estimate, device)]
    blocks += [_assumed(estimate, device)] if estimate.assumed else []
    return "\n\n".join([*blocks, f"Prices as of {estimate.as_of}."])


def _unknown(missing: Missing) -> str:
    text = f"{missing.component}: {missing.meter} is not counted, its price ({missing.price}) is unknown"
    if missing.like is None:
        return text
    return f"{text}; in {missing.like_region} it is {spread(missing.like)}"


def _remedies(estimate: Estimate, device: Terminal) -> list[str]:
    found = estimate.verdict.remedies
    if not found:
        return []
    rows = [(r.change, _about(r).removesuffix(" a month"), r.costs) for r in found]
    lines = table([("what brings it back", "a month", "what it costs you"), *rows], device)
    return ["\n".join(lines)]


def _assumed(estimate: Estimate, device: Terminal) -> str:
    """The load in one sentence, and how to change it."""
    parts = [
        f"{_figure(value)} {_LOAD.get(name, name)}" + (" (yours)" if name in estimate.stated else "")
        for name, value in estimate.assumed.items()
    ]
    text = f"Assumed a month, at minimum/expected/maximum: {', '.join(parts)}. Set your own with --assume egress_gb=200"
    return "\n".join(wrap(text, device.width))


def _figure(value: Range) -> str:
    figures = [f"{v:f}" for v in (value.floor, value.expected, value.ceiling)]
    return "/".join(figures) if len(set(figures)) > 1 else figures[0]


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
    """Every platform for the same capacity: what it costs, where, how far, and what speaks for or against it."""
    users = any(row.latency for row in rows)
    head = ("", "platform", "a month", "where", *(("users",) if users else ()), "for and against")
    body = [_option(row, device, users) for row in rows]
    lines = table([head, *body], device)
    best = next((row for row in rows if row.recommended), None)
    if best:
        lines += wrap(f"Recommended: {best.name}, {best.reason}.", device.width)
    return "\n".join(lines)


def _option(row: OptionRow, device: Terminal, users: bool) -> tuple[str, ...]:
    mark = device.sign("▸", ">") if row.chosen else ""
    star = device.sign("★", "*") if row.recommended else ""
    service = f", {names.name(row.service)}" if row.service else ""
    where = ", ".join(_city(p, row.platform) for p in row.places) + _OUTSIDE.get(row.residency, "")
    where += f" ({row.short})" if row.short else ""
    near = (
        (", ".join(f"{names.place(t.users)} {t.low_ms}-{t.high_ms} ms" for t in row.latency),)
        if users
        else ()
    )
    return (mark + star, row.name + service, _cost(row), where, *near, _remark(row))


def _city(place: str, platform: str) -> str:
    """`Frankfurt` of `Frankfurt (fra)`; Azure's regions have a name before their city."""
    parts = place.partition(" (")[0].split(", ")
    return parts[-1] if platform == "azure" else parts[0]


def _cost(row: OptionRow) -> str:
    """Sums that mislead are not shown as if they were whole."""
    if row.total is None:
        like = f"about {spread(row.like)}, at prices elsewhere".replace(" a month", "") if row.like else ""
        return like or ("prices are yours" if row.service else "not planned yet")
    total = spread(row.total).removesuffix(" a month")
    if row.like:
        return f"about {spread(row.like).removesuffix(' a month')}, {row.missing} unknown there"
    return f"{total} + {row.missing} unknown" if row.missing else total


def _remark(row: OptionRow) -> str:
    parts = [row.reason] if row.reason and not row.recommended else []
    if row.instead:
        parts.append(f"{len(row.instead)} of your wishes served another way")
    if row.lifecycle and "status" not in row.reason:
        parts.append(row.lifecycle.partition(":")[0])
    if not row.written and "code" not in row.reason:
        parts.append("no code written")
    if row.burden == "high":
        parts.append("much to operate")
    return "; ".join(parts)
