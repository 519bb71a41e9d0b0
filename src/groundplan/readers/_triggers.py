"""What makes instances come and go: a metric, a comparison, a value. Knows no number of instances."""

from __future__ import annotations

from groundplan.model.decision import Trigger
from groundplan.readers._governing import in_a_list
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_BY = words("on by via auf nach sur por bei using target segun selon with to")
_COMPARES = words(
    "> < >= <= ≥ ≤ above over exceeds exceed hits hit reaches reach below under than at = : => @ passes pass crosses cross "
    "trigger target threshold mehr mas "
    "tops climbs beyond past uber ueber unter ab depasse supera"
)
_UNITS = {
    "percent": ("cpu", "memory"),
    "rate": ("requests",),
    "duration": ("p95_latency", "queue"),
    "thing": ("queue", "requests"),
    "plain": ("queue", "requests", "cpu", "memory"),
}


def triggers(notes: Notes, amounts: list[Quantity]) -> tuple[Trigger, ...]:
    """Every scaling trigger, in the order of the text."""
    metrics = _metrics(notes, amounts)
    found: list[tuple[Trigger, int]] = []
    carried: str | None = None
    for n, q in enumerate(amounts):
        if q.kind not in _UNITS or notes.is_used(q.first, q.last):
            continue
        partners = _partners(notes, amounts, n, metrics) or _carried(notes, q, carried, found)
        if not partners:
            _unpaired(notes, q)
            continue
        for hit in partners:
            index = len(found)
            trigger = Trigger(hit.key, _operator(notes, q, hit), q.high, _unit(q, hit.key))  # type: ignore[arg-type]  # one of the four signs
            if trigger not in [t for t, _ in found]:
                found.append((trigger, index))
            notes.take_both(f"triggers.{index}", (hit.first, hit.last), (q.first, q.last))
            notes.use(hit.first, hit.last)
            carried = hit.key
    found.extend(_without_value(notes, metrics, [t for t, _ in found]))
    return tuple(t for t, _ in found)


def _metrics(notes: Notes, amounts: list[Quantity]) -> list[Hit]:
    """Metrics that are no unit of another number (`2 CPUs`, `4 GB RAM`) and no sizes."""
    measured = [q for q in amounts if q.kind in ("cpu", "memory")]
    sizes = [h for h in notes.text.of("unit") if h.key in ("cpu", "gb", "mb")]
    kept: list[Hit] = []
    for hit in notes.text.of("metric"):
        before = notes.text.tokens[hit.first - 1] if hit.first else None
        sized = before is not None and before.value is not None and any(s.first == hit.first for s in sizes)
        sized = sized and not (hit.last < len(notes.text.tokens) and notes.text.tokens[hit.last].text in ":=")
        sized = sized or any(_names_size(notes, hit, q) for q in measured)
        of_memory = hit.key == "memory" and any(s.last == hit.first and s.key in ("gb", "mb") for s in sizes)
        if not sized and not of_memory and not any(hit.first < k.last for k in kept):
            kept.append(hit)
    return kept


def _names_size(notes: Notes, hit: Hit, q: Quantity) -> bool:
    """`500m cpu`, `512Mi memory`, `cpu: 500m`: the word says what the size is of."""
    if q.first <= hit.first < q.last:
        return not _compared_behind(notes, hit)
    if hit.first == q.last:
        return hit.key == q.kind and not _compared_behind(notes, hit)
    between = [t.text for t in notes.text.tokens[hit.last : q.first]]
    return hit.last <= q.first and hit.key == q.kind and set(between) <= _SETS


_SETS = words(": = of limit limits request requests is to")


def _compared_behind(notes: Notes, hit: Hit) -> bool:
    return (
        notes.text.tokens[hit.last].text in _COMPARES - {"at"} if hit.last < len(notes.text.tokens) else False
    )


def _partners(notes: Notes, amounts: list[Quantity], n: int, metrics: list[Hit]) -> list[Hit]:
    """The metric that a value belongs to; listed metrics share one (`CPU and memory at 70%`)."""
    q = amounts[n]
    allowed = _UNITS[q.kind]
    if q.kind == "thing" and q.unit in ("messages", "jobs") and _one_more_per(notes, q):
        return [Hit("metric", "queue", q.first, q.last)]
    if q.kind == "thing" and (load := _waiting(notes, q) or _concurrent(notes, q)) is not None:
        return [load]
    if q.kind in ("plain", "thing") and not _compares(notes, q):
        return []
    if q.kind in ("duration", "rate") and (not _scales(notes, q) or _is_load(notes, q)):
        return []
    if q.kind == "rate":
        return [_near_requests(q, metrics)]
    floor = max(
        (
            a.last
            for a in amounts[:n]
            if a.kind in ("percent", "rate")
            and notes.scope.sentence[a.first] == notes.scope.sentence[q.first]
        ),
        default=0,
    )
    left = [
        m
        for m in metrics
        if m.key in allowed
        and floor <= m.first
        and m.last <= q.first
        and q.first - m.last <= 9
        and _together(notes, m, q)
    ]
    right = [
        m for m in metrics if m.key in allowed and q.last <= m.first <= q.last + 2 and _together(notes, m, q)
    ]
    if right and (not left or q.first - left[-1].last > 4 or right[0].first == q.last):
        return [right[0]]
    if not left:
        return []
    group = [left[-1]]
    for m in reversed(left[:-1]):
        if in_a_list(notes.text, m.last, group[0].first):
            group.insert(0, m)
    return group


def _one_more_per(notes: Notes, q: Quantity) -> bool:
    """`one more worker per 50 messages`."""
    before = [t.text for t in notes.text.tokens[max(0, q.first - 3) : q.first]]
    counted = any(q.first - 2 <= h.last - 1 < q.first for h in notes.text.of("counted"))
    return before[-1:] in (["per"], ["every"]) and counted


def _waiting(notes: Notes, q: Quantity) -> Hit | None:
    """`more than 1,000 jobs waiting`: the unit itself is the queue."""
    tokens = notes.text.tokens
    behind = next(
        (i for i in range(q.number, min(q.last + 3, len(tokens))) if tokens[i].text in _QUEUED), None
    )
    led = {t.text for t in tokens[max(0, q.first - 3) : q.first]} & (_MORE | _PER_LOAD)
    return Hit("metric", "queue", q.first, max(behind + 1, q.last)) if behind is not None and led else None


_QUEUED = words(
    "waiting queued pending queue backlog backlogged unprocessed outstanding wartend attente espera"
)
_MORE = words(
    "> >= ≥ above over exceeds exceed than past beyond hits hit reaches reach at @ uber ueber ab plus sobre de mas"
)
_PER_LOAD = words("every each per target targeting je pro on auf by at")


def _concurrent(notes: Notes, q: Quantity) -> Hit | None:
    """`more than 200 concurrent requests`, `one more per 100 connections`: the unit itself is what is measured."""
    tokens = notes.text.tokens
    inside = [h for h in notes.text.of("metric") if h.key == "requests" and q.number < h.first < q.last + 3]
    if not inside and "concurrent" not in {t.text for t in tokens[q.number : q.last + 1]}:
        return None
    before = {t.text for t in tokens[max(0, q.first - 3) : q.first]}
    lead = tokens[max(0, q.first - 8) : q.first]
    scaled = _scales(notes, q) or any(t.text in _WHEN or t.text.startswith("scal") for t in lead)
    if not scaled or not before & (_MORE | _PER_LOAD) or _is_load(notes, q):
        return None
    if any(0 <= q.first - h.last <= 1 for h in notes.text.of("bound")):
        return None
    return Hit("metric", "requests", q.first, max([q.last, *(h.last for h in inside)]))


_WHEN = words("when if once whenever wenn sobald quand si cuando ab as")


def _is_load(notes: Notes, q: Quantity) -> bool:
    """`100 rps peak` says how much comes, not when to scale."""
    words = {
        t.text
        for i, t in enumerate(notes.text.tokens)
        if notes.scope.clause[i] == notes.scope.clause[q.first]
    }
    return bool(
        words
        & {
            "peak",
            "peaks",
            "expect",
            "expected",
            "average",
            "avg",
            "currently",
            "load",
            "handle",
            "today",
            "sustained",
            "baseline",
        }
    ) and not words & {">", "above", "over", "exceeds"}


def _scales(notes: Notes, q: Quantity) -> bool:
    """The sentence scales, or the value is compared; `p95 is 180ms today` is neither."""
    sentence = notes.scope.sentence[q.first]
    auto = any(notes.scope.sentence[h.first] == sentence for h in notes.text.of("mode"))
    words = {t.text for t in notes.text.tokens[max(0, q.first - 2) : q.first]}
    return auto or bool(words & _COMPARES)


def _near_requests(q: Quantity, metrics: list[Hit]) -> Hit:
    return next(
        (m for m in metrics if m.key == "requests" and q.first <= m.first < q.last),
        Hit("metric", "requests", q.first, q.last),
    )


def _together(notes: Notes, metric: Hit, q: Quantity) -> bool:
    return notes.scope.sentence[metric.first] == notes.scope.sentence[q.first]


def _compares(notes: Notes, q: Quantity) -> bool:
    """A plain number is a value only behind a comparison: `queue depth > 100`, `on cpu 75`."""
    if any(0 <= q.first - h.last <= 2 for h in notes.text.of("bound") if h.last <= q.first):
        return False
    words = notes.text.tokens[max(0, q.first - 2) : q.first]
    near = any(t.text in _COMPARES for t in words)
    opened = q.first > 0 and words[-1].text == "("
    metric = any(h.last == q.first - opened and _takes_value(notes, h, q) for h in notes.text.of("metric"))
    if q.kind == "plain" and q.high <= _MOST_CORES and _last_metric(notes, q) in ("cpu", "memory"):
        return False
    return metric or (
        near and any(h.last <= q.first and q.first - h.last <= 4 for h in notes.text.of("metric"))
    )


_MOST_CORES = 16
"""A plain number up to this beside `cpu` is a size, above it a percentage."""


def _last_metric(notes: Notes, q: Quantity) -> str | None:
    return next((h.key for h in reversed(notes.text.of("metric")) if h.last <= q.first), None)


_OF_ONE = words("target instance pod task container replica machine node")


def _takes_value(notes: Notes, metric: Hit, q: Quantity) -> bool:
    """`cpu 75`, `ALBRequestCountPerTarget 1000`; not `concurrency 50`, which limits one instance."""
    words = [t.text for t in notes.text.tokens[metric.first : metric.last]]
    behind = [t.text for t in notes.text.tokens[q.last : q.last + 2]]
    if behind[:1] in (["/"], ["per"]) and behind[1:] and behind[1] in _OF_ONE:
        return True
    if metric.key in ("cpu", "memory"):
        return q.high > _MOST_CORES
    return any("per" in w for w in words)


def _carried(notes: Notes, q: Quantity, carried: str | None, found: list[tuple[Trigger, int]]) -> list[Hit]:
    """`… -1 when it averages 30% or below`: the metric of the trigger before."""
    if carried is None or not found or q.kind not in ("percent", "plain", "duration"):
        return []
    if q.kind == "duration" and (carried != "p95_latency" or q.unit not in ("ms", "s")):
        return []
    bounded = any(0 <= q.first - h.last <= 1 for h in notes.text.of("bound"))
    share = carried in ("cpu", "memory") and q.high > _MOST_CORES
    if q.kind == "plain" and (
        not (share or carried in ("queue", "requests")) or bounded or _direction(notes, q) != "down"
    ):
        return []
    words = {t.text for t in notes.text.tokens[max(0, q.first - 4) : q.first]}
    down = _direction(notes, q) == "down"
    return [Hit("metric", carried, q.first, q.last)] if down or "it" in words else []


def _direction(notes: Notes, q: Quantity) -> str:
    around = notes.text.cues("down", "up")
    near = [
        c
        for c in around
        if notes.scope.clause[c.first] == notes.scope.clause[q.first]
        and -3 <= c.first - q.last <= 2
        and q.first - c.last <= 3
    ]
    if any(c.key == "down" for c in near):
        return "down"
    shrink = [
        c
        for c in notes.text.cues("scale_in")
        if c.last <= q.first
        and q.first - c.last <= 6
        and notes.scope.clause[c.first] == notes.scope.clause[q.first]
    ]
    return (
        "down"
        if shrink
        and not any(c.key == "up" and notes.text.tokens[c.first].text in (">", "above", "over") for c in near)
        else "up"
    )


def _operator(notes: Notes, q: Quantity, metric: Hit) -> str:
    words = [
        t.text
        for t in notes.text.tokens[min(metric.first, q.first) : min(q.last + 3, len(notes.text.tokens))]
    ]
    equal = (
        ">=" in words
        or "≥" in words
        or "<=" in words
        or "≤" in words
        or ("or" in words and ("above" in words or "below" in words or "more" in words))
    )
    down = _direction(notes, q) == "down"
    return ("<=" if equal else "<") if down else (">=" if equal else ">")


def _unit(q: Quantity, metric: str) -> str | None:
    if q.kind == "plain":
        return "%" if metric in ("cpu", "memory") else None
    return q.unit or None


def _unpaired(notes: Notes, q: Quantity) -> None:
    """`scale at 80%` names no metric."""
    goal = notes.text.cues("uptime_goal")
    if q.kind != "percent" or any(abs(c.first - q.last) <= 3 or abs(q.first - c.last) <= 3 for c in goal):
        return
    if any(
        notes.scope.sentence[h.first] == notes.scope.sentence[q.first] and h.key == "auto"
        for h in notes.text.of("mode")
    ):
        said = notes.words(q.first, q.last)
        notes.doubt(
            "triggers",
            f"{said} of what?",
            ("CPU", {"triggers": [_as_sets("cpu", q)]}),
            ("memory", {"triggers": [_as_sets("memory", q)]}),
        )


def _as_sets(metric: str, q: Quantity) -> dict[str, str]:
    return {"metric": metric, "op": ">", "value": str(q.high), "unit": "%"}


def _without_value(notes: Notes, metrics: list[Hit], valued: list[Trigger]) -> list[tuple[Trigger, int]]:
    """`autoscale on CPU` names a metric and leaves its value open."""
    found: list[tuple[Trigger, int]] = []
    start, said = len(valued), {t.metric for t in valued}
    auto = [h for h in notes.text.of("mode") if h.key == "auto"]
    for m in metrics:
        if notes.is_used(m.first, m.last) or not auto:
            continue
        near = any(notes.scope.sentence[a.first] == notes.scope.sentence[m.first] for a in auto)
        if near and _driven_by(notes, m, metrics) and m.key not in [*said, *(t.metric for t, _ in found)]:
            notes.take_hit(f"triggers.{start + len(found)}", m)
            found.append((Trigger(m.key), start + len(found)))
    return found


def _driven_by(notes: Notes, metric: Hit, metrics: list[Hit]) -> bool:
    before = notes.text.tokens[metric.first - 1].text if metric.first else ""
    if before in _BY:
        return True
    earlier = [m for m in metrics if m.last <= metric.first]
    listed = bool(earlier) and in_a_list(notes.text, earlier[-1].last, metric.first)
    return listed and _driven_by(notes, earlier[-1], metrics)
