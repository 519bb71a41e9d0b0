"""Read what may be spent, how spending is watched, and how it is kept low."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.decision import Budget, Reading, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._limits import added_up, settled, total_of
from groundplan.readers._notes import Notes, finish, too_long
from groundplan.readers._quantities import Quantity, quantities
from groundplan.readers._savings import optimisations, tracking
from groundplan.readers._shares import ask_total, for_one_of_several
from groundplan.readers._status import bare_status
from groundplan.readers._sums import Sum, classify, of_the_past
from groundplan.readers._thresholds import of_a_saving, thresholds
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_PERIODS = ("month", "year", "week", "day", "quarter")


class _Limit(msgspec.Struct, frozen=True):
    amount: Decimal | None = None
    currency: str | None = None
    period: str | None = None


def read(question: Question | None, text: str, facts: Facts) -> Reading:  # noqa: ARG001  # the shape of every reader
    """Read `text` as an answer to the cost question."""
    notes = Notes("" if too_long(text) else text)
    amounts = quantities(notes.text)
    sums = classify(notes, amounts)
    limit = _limit(notes, amounts, sums)
    alerts = thresholds(notes, amounts, sums)
    value = Budget(
        amount=limit.amount,
        currency=limit.currency,
        period=limit.period,
        alert_threshold_amount=next(iter(alerts.amounts), None),
        alert_threshold_percent=next(iter(alerts.percents), None),
        further_amounts=alerts.amounts[1:],
        further_percents=alerts.percents[1:],
        tracking=tracking(notes),
        optimisations=optimisations(notes),
    )
    status = _status(notes, value, sums)
    _ask_about_rest(notes, amounts)
    return finish(notes, question.key if question else "budget", value, status)


def _ask_about_rest(notes: Notes, amounts: list[Quantity]) -> None:
    """A sum or a share of one that nothing has used may change the amount: ask."""
    for q in amounts:
        if of_a_saving(notes, q) and not notes.is_used(q.first, q.last):
            notes.remark("note", "`{}` is a saving that is hoped for; no bill counts on it", q.first, q.last)
        elif (q.kind in ("money", "percent") or _bare_number(notes, q)) and not notes.is_used(
            q.first, q.last
        ):
            notes.doubt(
                "amount", f"“{notes.words(q.first, q.last)}” was not used: what is it?", ("leave it out", {})
            )
            return


def _bare_number(notes: Notes, q: Quantity) -> bool:
    """A number in digits without a unit, which may be a sum; one of the past changes nothing."""
    written = notes.text.tokens[q.number].kind == "number"
    return q.kind == "plain" and q.high >= 10 and written and not of_the_past(notes, q)


def _limit(notes: Notes, amounts: list[Quantity], sums: list[Sum]) -> _Limit:
    """The one budget: the sum of its parts where parts are said, the upper end of a range."""
    limits = [s for s in sums if s.role == "limit"]
    parts = [s for s in sums if s.role == "part"]
    if (total := total_of(notes, [*limits, *parts])) is not None:
        return _one(notes, [total], sums)
    both = sorted([*limits, *parts], key=lambda s: s.quantity.first)
    listed = not limits and len(parts) > 1 and _alike(notes, parts)
    if listed or (limits and parts and added_up(notes, both)):
        return _added(notes, both)
    said = limits or parts
    limits = settled(notes, said)
    if len(limits) > 1 and added_up(notes, limits):
        return _added(notes, limits)
    if said and not limits:
        return _Limit(None, _only(s.currency for s in said), _only(s.period for s in said))
    others = _voices(notes, amounts, limits)
    if limits and others:
        _several(notes, [*others, *limits])
        return _Limit(None, _only(s.currency for s in limits), _only(s.period for s in limits))
    after = [s for s in sums if s.role == "after"]
    limits = limits or after
    if not limits:
        return _free(notes, sums)
    distinct = {(s.quantity.high, s.currency, s.period) for s in limits}
    if len({d[0] for d in distinct}) > 1:
        _several(notes, limits)
        return _Limit(None, _only(s.currency for s in limits), _only(s.period for s in limits))
    if any(s.role == "once" for s in sums) or after:
        _ask_whether_lasting(notes, limits[0])
    return _one(notes, limits, sums)


def _ask_whether_lasting(notes: Notes, s: Sum) -> None:
    """`$500 setup, then $50 a month`: what lasts is taken, and may yet be meant to hold the other as well."""
    said = notes.words(s.quantity.first, s.quantity.last)
    amount = {"amount": str(s.quantity.high), "currency": s.currency, "period": s.period}
    notes.doubt(
        "amount", f"is “{said}” the limit, without what is paid at the start?", ("yes", amount), ("no", {})
    )


def _alike(notes: Notes, parts: list[Sum]) -> bool:
    """Neither two currencies nor two periods: `prod $400, staging $80 per month`; and none for one of several."""
    names = [{p.currency for p in parts} - {None}, {p.period for p in parts} - {None}]
    return all(len(n) <= 1 for n in names) and not any(for_one_of_several(notes, p) for p in parts)


def _voices(notes: Notes, amounts: list[Quantity], limits: list[Sum]) -> list[Sum]:
    """`the CFO said 400, I say 250`: a number in somebody's mouth that differs from the limit."""
    said = {c.last for c in notes.text.cues("quote")}
    known = {s.quantity.first for s in limits}
    return [
        Sum(q, "limit", None, None, None)
        for q in amounts
        if q.kind == "plain" and q.first in said and q.first not in known and q.high >= 20
    ]


def _one(notes: Notes, limits: list[Sum], sums: list[Sum]) -> _Limit:
    best = max(limits, key=lambda s: (s.period is not None, s.currency is not None))
    q = best.quantity
    notes.take("amount", q.first, q.last)
    currency = _currency(notes, limits)
    currency = currency or ("currency" not in notes.unclear and _only(s.currency for s in sums)) or None
    period = best.period or next((s.period for s in limits if s.period), None) or _period_beside(notes)
    period = period or _same_period(sums, currency)
    if best.period_hit is not None:
        notes.take_hit("period", best.period_hit)
    if period is None and currency is None and q.kind == "plain":
        _ask_amount(notes, q)
        return _Limit()
    american = q.currency in _POINT_FOR_CENTS and not q.is_range
    if ((q.kind == "plain" and currency is None) or american) and _ambiguous(notes, q):
        _ask_amount(notes, q)
        return _Limit(None, None, period)
    if _below_zero(notes, q) or _power(notes, q):
        _ask_amount(notes, q)
        return _Limit(None, currency, period)
    if for_one_of_several(notes, best):
        ask_total(notes, q)
        return _Limit(None, currency, period)
    if q.is_range:
        notes.remark("note", "`{}` is a range; its upper end is taken as the limit", q.first, q.last)
    return _Limit(q.high, currency, period)


def _same_period(sums: list[Sum], currency: str | None) -> str | None:
    """`$40/mo right now, at most $60`: the limit is for the period of the spend or the alert beside it."""
    said = {
        s.period
        for s in sums
        if s.role in ("spend", "alert", "retracted")
        and s.currency in (currency, None)
        and not (s.role == "retracted" and s.period is None)
    }
    return _only(said) if None not in said else None


def _below_zero(notes: Notes, q: Quantity) -> bool:
    """`$-50`: a sign tied to the number; not the dash of a list or of a range."""
    if q.number == 0 or notes.text.tokens[q.number - 1].text not in "-−":
        return False
    before = notes.text.tokens[q.number - 2] if q.number > 1 else None
    return notes.text.tokens[q.number].tight and (before is None or before.kind in ("symbol", "line", "stop"))


def _power(notes: Notes, q: Quantity) -> bool:
    """`1e9`, `1OO`: letters tied to the number that are no unit of it."""
    after = notes.text.tokens[q.number + 1] if q.number + 1 < len(notes.text.tokens) else None
    if after is None or not after.tight or after.kind != "word":
        return False
    return (after.text[:1] == "e" and after.text[1:].isdigit()) or (
        q.last <= q.number + 1 and set(after.text) <= {"o"}
    )


def _currency(notes: Notes, limits: list[Sum]) -> str | None:
    names = {s.currency for s in limits if s.currency}
    others = {h.key for h in notes.text.of("currency")}
    if not names and len(others) > 1:
        options = sorted(others)[:3]
        notes.doubt(
            "currency", f"{' or '.join(options)}: which currency?", *((o, {"currency": o}) for o in options)
        )
        notes.use_hits(notes.text.of("currency"))
        return None
    if names == {"?KR"} and (crown := _only(others & {"SEK", "NOK", "DKK"})) is not None:
        notes.use_hits(notes.text.of("currency"))
        notes.take_hit("currency", next(h for h in notes.text.of("currency") if h.key == crown))
        return crown
    if names == {"?KR"}:
        notes.doubt("currency", "which crowns?", *((c, {"currency": c}) for c in ("SEK", "NOK", "DKK")))
        return None
    if not names and len(others) == 1 and (lone := _lone_currency(notes)) is not None:
        notes.take_hit("currency", lone)
        return lone.key
    if names == {"USD"} and (dollar := _which_dollar(notes)) is not None:
        notes.take_hit("currency", dollar)
        return dollar.key
    if len(names) == 1:
        for hit in notes.text.of("currency"):
            if hit.key in names:
                notes.take_hit("currency", hit)
        return names.pop()
    return None


def _which_dollar(notes: Notes) -> Hit | None:
    """`$100 (CAD)`: the code says which dollar the sign is."""
    named = [h for h in notes.text.of("currency") if h.key in ("CAD", "AUD", "NZD", "SGD", "HKD")]
    codes = [h for h in named if h.last - h.first == 1 or notes.text.tokens[h.last - 1].tight]
    sign = all(notes.text.tokens[h.first].text == "$" for h in notes.text.of("currency") if h.key == "USD")
    return codes[0] if len(codes) == 1 and sign else None


def _lone_currency(notes: Notes) -> Hit | None:
    """`500/month hard limit, usd`: a currency that stands beside no other number."""
    tokens = notes.text.tokens
    for hit in notes.text.of("currency"):
        near = tokens[max(0, hit.first - 1) : hit.first] + tokens[hit.last : hit.last + 1]
        if hit.key != "?KR" and not hit.weak and not any(t.value is not None for t in near):
            return hit
    return None


def _period_beside(notes: Notes) -> str | None:
    """`monthly budget … $100`: a period anywhere in an answer with one amount; not how often costs are looked at."""
    tokens, clause = notes.text.tokens, notes.scope.clause
    looks = {clause[h.first] for h in notes.text.of("tracking")} - {
        clause[h.first] for h in notes.text.cues("limit")
    }
    hits = [
        h
        for h in notes.text.of("period")
        if not notes.is_used(h.first, h.last)
        and clause[h.first] not in looks
        and (tokens[h.first].text in _BESIDE or (h.first and tokens[h.first - 1].text in ":="))
    ]
    names = {h.key for h in hits}
    if len(names) == 1:
        notes.take_hit("period", hits[0])
        return names.pop()
    return None


_BESIDE = words(
    "each every jeden chaque cada "
    "monthly month monatlich per pro par por yearly annual mensuel mensuels mensual mensuales weekly daily im al"
)


def _ambiguous(notes: Notes, q: Quantity) -> bool:
    """`1.000` without a currency may be one or a thousand."""
    written = notes.text.tokens[q.number].text
    return (
        len(written) > 4
        and written[-4] in ".,"
        and written.count(".") + written.count(",") == 1
        and written[-4] == "."
    )


_POINT_FOR_CENTS = ("USD", "GBP", "CAD", "AUD")
"""`$40.000`: a point between thousands is not how these are written."""


def _ask_amount(notes: Notes, q: Quantity) -> None:
    said = notes.words(q.first, q.last)
    notes.doubt("amount", f"“{said}”: is it a monthly limit, and in which currency?",
                (f"{q.high} USD a month", {"amount": str(q.high), "currency": "USD", "period": "month"}),
                (f"{q.high} EUR a month", {"amount": str(q.high), "currency": "EUR", "period": "month"}))  # fmt: skip
    notes.use(q.first, q.last)


def _several(notes: Notes, limits: list[Sum]) -> None:
    shown = [notes.words(s.quantity.first, s.quantity.last) for s in limits][:3]
    options = [(w, {"amount": str(s.quantity.high)}) for w, s in zip(shown, limits, strict=False)]
    notes.doubt("amount", f"{' and '.join(shown)}: which one is the limit?", *options)
    for s in limits:
        notes.use(s.quantity.first, s.quantity.last)
        if s.period_hit:
            notes.use(s.period_hit.first, s.period_hit.last)


def _added(notes: Notes, parts: list[Sum]) -> _Limit:
    for part in parts:
        notes.take("amount", part.quantity.first, part.quantity.last, "inferred")
        if part.period_hit is not None:
            notes.take_hit("period", part.period_hit)
    total = sum((p.quantity.high for p in parts), Decimal(0))
    period = next((p.period for p in parts if p.period), None) or _period_beside(notes)
    return _Limit(total, _currency(notes, parts), period)


def _only(items: object) -> str | None:
    names = {i for i in items if i}  # type: ignore[attr-defined]  # any iterable of str or None
    return names.pop() if len(names) == 1 else None


def _free(notes: Notes, sums: list[Sum]) -> _Limit:
    """`zero-spend`, `free tier only`, `must be free` is a budget of nothing."""
    for hit in notes.text.cues("free"):
        word = notes.text.tokens[hit.first].text
        if (
            word in ("zero", "nothing", "0", "nil")
            and not _about_money(notes, hit.first)
            and hit.last - hit.first == 1
        ):
            continue
        if (
            hit.last < len(notes.text.tokens)
            and notes.text.tokens[hit.last].text in ("tier", "tiers", "plan", "credits")
            and not _only_free(notes)
        ):
            continue
        notes.take_hit("amount", hit, "inferred")
        return _Limit(Decimal(0), None, None)
    return _Limit(None, _only(s.currency for s in sums if s.role == "alert"))


def _about_money(notes: Notes, i: int) -> bool:
    words = {t.text for t in notes.text.tokens[max(0, i - 3) : i + 4]}
    return (
        bool(words & {"budget", "spend", "cost", "costs", "dollars", "money", "bill", "pay"})
        or len(notes.text.tokens) <= 2
    )


def _only_free(notes: Notes) -> bool:
    return any(
        t.text in ("only", "stay", "within", "must", "just", "never", "nur") for t in notes.text.tokens
    )


def _status(notes: Notes, value: Budget, sums: list[Sum]) -> Status:
    if "amount" in notes.unclear:
        return "unclear"
    if value.amount is not None:
        return "ok"
    open_ended = notes.text.cues("no_budget")
    notes.use_hits(open_ended)
    if any(s.role == "spend" for s in sums):
        notes.doubt("amount", "that is what is spent today: what is the limit?", *_limits_from(sums))
        return "unclear"
    if open_ended and value.optimisations:
        notes.doubt("amount", "is there an amount at which somebody should be told?", ("no", {}))
        return "ok"
    status = "unclear" if open_ended else bare_status(notes)
    if status == "unclear":
        options = (
            (f"{n} USD", {"amount": n, "currency": "USD", "period": "month"}) for n in ("50", "100", "500")
        )
        notes.doubt("amount", "how much may it cost a month?", *options)
    return status


def _limits_from(sums: list[Sum]) -> list[tuple[str, dict[str, object]]]:
    spend = next(s for s in sums if s.role == "spend")
    high = spend.quantity.high
    rest = {"currency": spend.currency, "period": spend.period or "month"}
    half_more = int(high * 3 / 2)
    return [
        (f"the same, {high}", {"amount": str(high), **rest}),
        (f"{half_more}", {"amount": str(half_more), **rest}),
    ]


READER = Reader(
    key="budget", titles=("cost management", "budget", "costs", "cost", "spending"), value=Budget, read=read
)
