"""What each sum of money in an answer is: the limit, an alert, today's spend, a part, income. Knows no other field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from groundplan.readers._notes import Notes, RemarkKind
from groundplan.readers._quantities import Quantity
from groundplan.readers._sum_periods import behind_period, period_after, period_of
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

Near = Callable[[str, int, int], bool]
"""Whether a cue stands at most so many tokens before a sum, or behind it."""
SumRole = Literal[
    "limit", "alert", "spend", "income", "part", "planned", "retracted", "saving", "once", "after"
]


class Sum(msgspec.Struct, frozen=True):
    quantity: Quantity
    role: SumRole
    currency: str | None
    period: str | None
    period_hit: Hit | None


def classify(notes: Notes, amounts: list[Quantity]) -> list[Sum]:
    """The role of each amount of money; a plain number counts where it has a period or a budget word."""
    money = [q for q in amounts if q.kind == "money" or _like_money(notes, amounts, q)]
    found: list[Sum] = []
    for n, q in enumerate(money):
        hit = period_of(notes, money, n)
        currency = q.currency or behind_period(notes, hit)
        role = _role(notes, money, n, found)
        if role == "limit" and _below_a_limit(notes, q, found):
            role = "alert"
        elif role in ("limit", "part") and _goes_on(notes, q, found):
            role = "spend"
        found.append(Sum(q, role, currency, hit.key if hit else None, hit))
    found = _in_turn(notes, _superseded(notes, _corrected(notes, found)))
    for s in found:
        _remark(notes, s)
        if s.role == "part" and any(o.role == "limit" for o in found):
            notes.remark("note", _SAYINGS["part"][1], s.quantity.first, s.quantity.last)
    return found


def _superseded(notes: Notes, found: list[Sum]) -> list[Sum]:
    """`the budget was 500 but was cut to 350`: a sum of the past beside one of the present."""
    past = [s for s in found if s.role in ("limit", "part") and of_the_past(notes, s.quantity)]
    if len(found) == len(past) == 1 and _is_over(notes, past[0].quantity):
        return [msgspec.structs.replace(past[0], role="spend")]
    if not past or not any(s.role in ("limit", "part") and s not in past for s in found):
        return found
    return [msgspec.structs.replace(s, role="retracted") if s in past else s for s in found]


def of_the_past(notes: Notes, q: Quantity) -> bool:
    before = notes.text.tokens[max(0, q.first - 4) : q.first]
    clause = notes.scope.clause
    here = {t.text for i, t in enumerate(before, q.first - len(before)) if clause[i] == clause[q.first]}
    return bool(here & _PAST) or {"used", "to"} <= here


def _is_over(notes: Notes, q: Quantity) -> bool:
    """`it used to be 250 €, we want half`: what was paid once, and no longer."""
    before = [t.text for t in notes.text.tokens[max(0, q.first - 4) : q.first]]
    return bool({"used", "previously", "formerly", "fruher", "vorher", "antes", "avant"} & set(before))


_PAST = words(
    "was were had previously formerly originally war waren hatten bisher vorher fruher etait avait avant era antes"
)


def _in_turn(notes: Notes, found: list[Sum]) -> list[Sum]:
    """`$500 setup, then $50 a month`: what is paid once is set aside; what follows it, or credits, is the limit."""
    once = [s for s in found if s.role in ("limit", "part", "planned") and paid_once(notes, s)]
    rest = [s for s in found if s not in once and s.role in ("limit", "part", "planned")]
    if rest:
        found = [msgspec.structs.replace(s, role="once") if s in once else s for s in found]
    held = any(s.role in ("once", "income") for s in found)
    if held and len(rest) == 1 and rest[0].role == "planned":
        found = [msgspec.structs.replace(s, role="after") if s.role == "planned" else s for s in found]
    return found


def paid_once(notes: Notes, s: Sum) -> bool:
    """A setup, or what holds for the first weeks or months only."""
    if s.period is not None:
        return False
    q, clause = s.quantity, notes.scope.clause
    return any(
        clause[c.first] == clause[q.first] and c.first - q.last <= 3 and q.first - c.last <= 4
        for c in notes.text.cues("once")
    )


def _goes_on(notes: Notes, q: Quantity, found: list[Sum]) -> bool:
    """`we pay 55 € for servers and 20 € for backups`: a list of what is spent goes on."""
    if not found or found[-1].role != "spend":
        return False
    before, sentence = found[-1].quantity, notes.scope.sentence
    between = {t.text for t in notes.text.tokens[before.last : q.first]}
    return (
        sentence[before.first] == sentence[q.first]
        and (bool(between & {"and", "und", "et", "y", "+", "plus"}) or (len(between) <= 4 and "," in between))
        and notes.text.cue_between(before.last, q.first, "limit", "but", "self") is None
        and not between & {"want", "wollen", "max"}
    )


def _below_a_limit(notes: Notes, q: Quantity, found: list[Sum]) -> bool:
    """`$300, AWS Budgets at $240`, `alerts at 50 and 80 dollars`: less than the limit, where something happens."""
    limits = [f.quantity.high for f in found if f.role == "limit" and not of_the_past(notes, f.quantity)]
    if not limits or q.high >= max(limits):
        return False
    before = [t.text for t in notes.text.tokens[max(0, q.first - 2) : q.first]]
    listed = found[-1].role == "alert" and before[-1:] in (["and"], [","], ["&"], ["und"])
    return listed or before[-1:] == ["at"]


def _like_money(notes: Notes, amounts: list[Quantity], q: Quantity) -> bool:
    if _lasts(notes, q):
        return False
    if q.kind != "plain" or (notes.text.tokens[q.number].kind != "number" and q.high < 20):
        return False
    if period_after(notes, q) is not None or _named_behind(notes, q):
        return True
    beside = notes.text.tokens[max(0, q.first - 1) : q.first] + notes.text.tokens[q.last : q.last + 2]
    if notes.text.of("period") and any(t.text in _PART_WORDS - {"for"} for t in beside):
        return True
    if _before_percent(amounts, q):
        return False
    if _listed_part(notes, amounts, q):
        return True
    if any(not h.weak for h in notes.text.of("currency")) and not any(a.kind == "money" for a in amounts):
        return not _tied(notes, q)
    before = {t.text for t in notes.text.tokens[max(0, q.first - 3) : q.first]}
    limits = [h for h in notes.text.cues("limit") if 0 <= q.first - h.last <= 3]
    alone = len(notes.text.tokens) <= (5 if q.is_range else 3) and len(amounts) == 1
    alert = (any(0 <= q.first - h.last <= 3 for h in notes.text.cues("alert")) or _told_at(notes, q)) and (
        any(a.kind == "money" for a in amounts) or bool(notes.text.of("period"))
    )
    return (
        bool(limits)
        or alone
        or alert
        or bool(before & {"amount", "budget", "budget:", "spend", "<", "under", "~"})
    )


def _listed_part(notes: Notes, amounts: list[Quantity], q: Quantity) -> bool:
    """`1,200 USD for prod, 300 for staging`: a number for something, in a sentence of sums."""
    after, sentence = notes.text.tokens[q.last : q.last + 2], notes.scope.sentence
    meant = len(after) == 2 and after[0].text in _FOR and after[1].value is None
    return meant and any(a.kind == "money" and sentence[a.first] == sentence[q.first] for a in amounts)


_FOR = words("for fur pour para")


def _told_at(notes: Notes, q: Quantity) -> bool:
    """`ping #ops in Slack at 70`."""
    sentence = notes.scope.sentence
    led = q.first > 0 and notes.text.tokens[q.first - 1].text in _AT
    told = [*notes.text.cues("alert"), *(h for h in notes.text.of("tracking") if h.key == "billing_alerts")]
    return led and any(sentence[h.first] == sentence[q.first] and h.last <= q.first for h in told)


_AT = words("przy at bei ab a los ved op vid over above from > >=")


def _tied(notes: Notes, q: Quantity) -> bool:
    """`80/20`: two numbers in one."""
    tokens, n = notes.text.tokens, q.number
    before = n > 1 and tokens[n - 1].text == "/" and tokens[n - 2].value is not None
    behind = tokens[q.last : q.last + 2]
    return before or (len(behind) == 2 and behind[0].text == "/" and behind[1].value is not None)


def _lasts(notes: Notes, q: Quantity) -> bool:
    """`a savings plan of 1 year`: how long, and no sum."""
    after = notes.text.tokens[q.last].text if q.last < len(notes.text.tokens) else ""
    return q.kind == "plain" and q.high <= 36 and after in _TIMES


_TIMES = words(
    "year years yr yrs month months week weeks day days quarter quarters jahr jahre jahren monat monate monaten tag tage "
    "tagen woche wochen an ans annee annees mois jour jours semaine semaines ano anos mes meses dia dias semana semanas"
)


def _named_behind(notes: Notes, q: Quantity) -> bool:
    """`40 (EUR, monthly)`."""
    opens = q.last < len(notes.text.tokens) and notes.text.tokens[q.last].text == "("
    return opens and any(h.first == q.last + 1 for h in notes.text.of("currency"))


def _before_percent(amounts: list[Quantity], q: Quantity) -> bool:
    """`50/90/100 percent`: plain numbers that lead to a percentage."""
    last = q.last
    for a in amounts:
        if 0 <= a.first - last <= 2:
            if a.kind == "percent":
                return True
            last = a.last if a.kind == "plain" else last
    return False


def _told_beyond(notes: Notes, q: Quantity) -> bool:
    """`$150 a month. Anything over $120 and I want an email.`"""
    over = q.first > 0 and notes.text.tokens[q.first - 1].text in ("over", "above", "beyond", "past", "uber")
    sentence = notes.scope.sentence
    return over and any(
        sentence[c.first] == sentence[q.first] and c.first >= q.last for c in notes.text.cues("alert")
    )


def _is_a_listed_name(notes: Notes, q: Quantity) -> bool:
    """`hosting 110, monitoring 29, mail 15`: a name and its sum, in a list of such."""
    before = [t.text for t in notes.text.tokens[max(0, q.first - 2) : q.first]]
    return (
        len(before) == 2
        and before[0] in (",", "and", "+", "und", "et")
        and before[1].isalpha()
        and before[1] not in _AT
    )


def _of_credits(notes: Notes, q: Quantity, floor: int, ceiling: int) -> bool:
    """`$5,000 in AWS Activate credits`."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    near = range(max(floor, q.first - 3), min(ceiling, q.last + 5))
    return any(
        tokens[i].text in ("credit", "credits", "voucher") and sentence[i] == sentence[q.first] for i in near
    )


def _is_cut_from(notes: Notes, q: Quantity) -> bool:
    """`10 % less than the $400 we pay`: what a share is taken off."""
    before = [t.text for t in notes.text.tokens[max(0, q.first - 6) : q.first]]
    at = next((i for i, t in enumerate(before) if t in ("%", "percent", "prozent", "pct")), len(before))
    return bool(
        {"less", "lower", "cheaper", "below", "under", "off", "weniger", "unter", "menos", "moins"}
        & set(before[at:])
    )


def _told(notes: Notes, q: Quantity, has_limit: bool, near: Near) -> SumRole | None:
    """A sum at which somebody is told; beside a word for a limit it is the limit, where no other is said."""
    if has_limit and _told_beyond(notes, q):
        return "alert"
    if _told_at(notes, q) and has_limit and notes.text.tokens[q.first - 1].text in ("at", "bei"):
        return "limit" if near("limit", 3, 2) else "alert"
    if near("alert", 8 if _told_at(notes, q) else 6, 3) and not near("limit", 1, 0):
        return "alert" if has_limit or not near("limit", 3, 2) else "limit"
    return None


def _role(notes: Notes, money: list[Quantity], n: int, found: list[Sum]) -> SumRole:
    q, has_limit = money[n], any(f.role == "limit" for f in found)
    floor = money[n - 1].last if n else 0
    ceiling = money[n + 1].first if n + 1 < len(money) else len(notes.text.tokens)
    near = _near(notes, q, floor, ceiling)
    if (
        notes.text.tokens[q.first - 1].text in ("of", "von", "de", "del")
        and q.first > 1
        and notes.text.tokens[q.first - 2].text in ("%", "percent", "pct", "prozent")
    ):
        return "limit"
    if _of_credits(notes, q, floor, ceiling):
        return "income"
    if found and found[-1].role == "part" and _is_a_listed_name(notes, q):
        return "part"
    if (told := _told(notes, q, has_limit, near)) is not None:
        return told
    if near("revenue", 6, 4):
        return "income"
    if _is_cut_from(notes, q):
        return "spend"
    if near("spend", 5, 3) and not near("limit", 2, 2):
        return "spend"
    if _future(notes, q) and len(money) > 1:
        return "planned"
    if _is_part(notes, q, money):
        return "part"
    return "limit"


def _near(notes: Notes, q: Quantity, floor: int, ceiling: int) -> Near:
    sentence = notes.scope.sentence[q.first]

    def near(key: str, before: int, after: int) -> bool:
        for hit in notes.text.cues(key):
            if notes.scope.sentence[hit.first] != sentence or hit.last > ceiling or hit.first < floor:
                continue
            if key == "alert" and hit.first >= q.last and _next_number(notes, hit.last):
                continue
            behind = notes.scope.clause[hit.first] == notes.scope.clause[q.first]
            if 0 <= q.first - hit.last <= before or (behind and 0 <= hit.first - q.last <= after):
                return True
        return False

    return near


def _next_number(notes: Notes, last: int) -> bool:
    """`200 EUR/month alert at 150`: the alert is about the number behind it."""
    return any(t.value is not None and t.kind == "number" for t in notes.text.tokens[last : last + 4])


def _future(notes: Notes, q: Quantity) -> bool:
    clause = notes.scope.clause[q.first]
    later = [c for c in notes.text.cues("future", "then") if notes.scope.clause[c.first] == clause]
    now = [c for c in notes.text.cues("now") if notes.scope.clause[c.first] == clause]
    return bool(later) and not any(
        abs(c.first - q.first) < abs(f.first - q.first) for c in now for f in later
    )


_TOTAL = ("total", "overall", "altogether", "combined", "insgesamt", "budget")
_PART_WORDS = words(
    "prod production staging stage dev test testing database db hosting monitoring compute preview qa "
    "for fur pour para infra infrastructure logs datadog sentry saas backups extras storage tools web "
    "each live"
)


def _is_part(notes: Notes, q: Quantity, money: list[Quantity]) -> bool:
    """`300 prod + 50 staging`: sums named by what they are for, without a total among them."""
    if len(money) < 2:
        return False
    period = period_after(notes, q)
    last = period.last if period else q.last
    after = [t.text for t in notes.text.tokens[last : last + 3]]
    before = [t.text for t in notes.text.tokens[max(0, q.first - 2) : q.first]]
    plus = "+" in after[:2] + before or "plus" in after[:2] + before
    named = bool(set(after) & _PART_WORDS) or bool(set(before) & (_PART_WORDS - {"for"}))
    vendors = notes.text.of("platform", "tool", "addon")
    named = named or any(h.last == q.first and not h.weak for h in vendors)
    if any(t.text in _TOTAL[:5] for h in notes.text.cues("sum") for t in notes.text.tokens[h.first : h.last]):
        own_total = any(t.text in _TOTAL for t in notes.text.tokens[max(0, q.first - 3) : last + 2])
        return named and not own_total and _keyed_total(notes)
    return plus or named


def _keyed_total(notes: Notes) -> bool:
    """`total: $600`: the whole is a line of its own beside its parts."""
    tokens = notes.text.tokens
    return any(t.text in _TOTAL and tokens[i + 1].text in (":", "=", "|") for i, t in enumerate(tokens[:-1]))


def _corrected(notes: Notes, found: list[Sum]) -> list[Sum]:
    """`$500, no wait, $200`."""
    for cue in notes.text.cues("correction"):
        after = [
            s
            for s in found
            if s.quantity.first >= cue.last and s.role == "limit" and s.quantity.first - cue.last <= 6
        ]
        if after:
            found = [
                msgspec.structs.replace(s, role="retracted")
                if s.quantity.first < cue.first and s.role in ("limit", "alert")
                else s
                for s in found
            ]
            notes.use(cue.first, cue.last)
    return found


_SAYINGS: dict[str, tuple[RemarkKind, str]] = {
    "part": ("note", "`{}` is taken as a part"),
    "spend": ("note", "`{}` is taken as what is spent today"),
    "income": ("note", "`{}` is taken as income or a price, not as a budget"),
    "planned": ("planned", "`{}` is taken as a plan for later"),
    "retracted": ("note", "`{}` was taken back by the words after it"),
    "once": ("note", "`{}` is taken as paid once or for a start, not as the limit"),
}


def _remark(notes: Notes, s: Sum) -> None:
    if s.role in _SAYINGS and s.role != "part":
        kind, text = _SAYINGS[s.role]
        notes.remark(kind, text, s.quantity.first, s.quantity.last)
        if s.period_hit is not None:
            notes.use(s.period_hit.first, s.period_hit.last)
