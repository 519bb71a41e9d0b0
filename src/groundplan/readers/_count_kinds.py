"""What a number of instances is not: a step, an addition, a process, a plan, another company's. Knows no field."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

STEP = words("add adds adding remove removes removing increment by another extra + - drop drops")

_STEP = words("add adds adding remove removes removing increment by another extra + - drop drops")


def is_more(notes: Notes, q: Quantity) -> bool:
    """`up to 4 more`: a number that is added to another."""
    after = [t.text for t in notes.text.tokens[q.last : q.last + 1]]
    bounded = any(0 <= q.first - h.last <= 1 for h in notes.text.of("bound") if h.last <= q.first)
    return bounded and after in (["more"], ["extra"], ["additional"], ["weitere"], ["mas"])


def is_step(notes: Notes, q: Quantity) -> bool:
    before = notes.text.tokens[q.first - 1] if q.first else None
    if before is None:
        return False
    if any(t.text in _ONE_MORE for t in notes.text.tokens[q.number + 1 : q.last]):
        return True
    if before.text in "+-" and notes.text.tokens[q.number].tight:
        return q.first == 1 or not before.tight
    return before.text in STEP and before.text not in "+-"


_ONE_MORE = words(
    "second third zweite zweiter zweites dritte deuxieme troisieme segunda segundo tercera additional extra more weitere"
)


def is_for_each(notes: Notes, q: Quantity) -> bool:
    """`one node per customer`: how many for each of something that is not counted here."""
    after = [t.text for t in notes.text.tokens[q.last : q.last + 2]]
    return len(after) == 2 and after[0] in ("per", "pro", "je", "par", "por") and after[1] in _EACH_OF


_EACH_OF = words(
    "customer client tenant user team kunde mandant utilisateur cliente job queue message core cpu gpu shard"
)


def elsewhere_at(notes: Notes, i: int) -> bool:
    return any(notes.scope.sentence[c.first] == notes.scope.sentence[i] for c in notes.text.cues("elsewhere"))


def elsewhere(notes: Notes, q: Quantity) -> bool:
    """`we had 10 instances at my last job`, `our competitor runs 400 servers`."""
    return (
        elsewhere_at(notes, q.first)
        or _once_was(notes, q)
        or any(
            c.last <= q.first
            and q.first - c.last <= 6
            and notes.scope.clause[c.first] == notes.scope.clause[q.first]
            and {t.text for t in notes.text.tokens[c.first : c.last]} & _STRANGERS
            for c in notes.text.cues("third_party")
        )
    )


def _once_was(notes: Notes, q: Quantity) -> bool:
    """`previously 8 instances`, `we had 6`: a number of the past."""
    before = {t.text for t in notes.text.tokens[max(0, q.first - 3) : q.first]}
    return bool(before & _ONCE)


_ONCE = words("previously formerly had used fruher bisher vorher avant antes")


_STRANGERS = words(
    "competitor competitors competition rival rivals friend brother cousin employer vendor investors startups"
)


def of_a_server(notes: Notes, q: Quantity) -> bool:
    """`gunicorn with 4 workers`: processes inside one instance."""
    before = {t.text for t in notes.text.tokens[max(0, q.first - 3) : q.first]}
    return bool(before & _APP_SERVERS)


def of_nodes(notes: Notes, q: Quantity) -> bool:
    """`3 to 9 pods, up to 6 nodes`: what carries the pods, where pods are counted too."""
    before = {t.text for t in notes.text.tokens[max(0, q.first - 3) : q.first]}
    nodes = _last(notes, q) & _NODES or (q.kind == "plain" and before & _NODES)
    return bool(nodes) and any(t.text in _PODS for t in notes.text.tokens)


def of_room(notes: Notes, q: Quantity) -> bool:
    """`the six nodes hold at least 12 pods`: what would fit."""
    before = {t.text for t in notes.text.tokens[max(0, q.first - 4) : q.first]}
    return bool(before & _HOLD)


def of_requests(notes: Notes, bound: Hit) -> bool:
    """`soft limit 150`: a limit of requests in one instance."""
    return bound.first > 0 and notes.text.tokens[bound.first - 1].text in ("soft", "hard")


def _last(notes: Notes, q: Quantity) -> set[str]:
    return {t.text for t in notes.text.tokens[max(q.number, q.last - 1) : q.last]}


_NODES = words("node nodes")
_PODS = words("pod pods replica replicas")
_HOLD = words("hold holds fit fits carry carries")
_APP_SERVERS = words("gunicorn uvicorn puma unicorn celery pm2 sidekiq uwsgi passenger nginx php-fpm")


def keyed(notes: Notes, q: Quantity) -> bool:
    """`replicas: 3`, `instances = 2`."""
    before = [t.text for t in notes.text.tokens[max(0, q.first - 2) : q.first]]
    if len(before) == 2 and (before == ["scale", "count"] or (before[0] in _COUNT and before[1] in ":=")):
        return True
    if len(before) < 2 or before[1] not in ":=":
        return False
    return any(h.last == q.first - 1 and h.key == "instance" for h in notes.text.of("counted"))


_COUNT = words("count number anzahl nombre cantidad")


def counts_something(notes: Notes, q: Quantity) -> bool:
    """`3x c6i.xlarge`, `2 x 512mb`, `1 x 2GB`."""
    following = notes.text.tokens[q.last : q.last + 2]
    return bool(following) and (
        following[0].value is not None
        or any(
            t.kind == "machine"
            or t.text in ("performance", "shared", "standard", "small", "medium", "large", "cpu")
            for t in following
        )
    )


def planned(notes: Notes, q: Quantity) -> bool:
    clause = notes.scope.clause[q.first]
    later = [c for c in notes.text.cues("future", "then") if notes.scope.clause[c.first] == clause]
    return bool(later) and not any(notes.scope.clause[c.first] == clause for c in notes.text.cues("now"))


def hours(notes: Notes, q: Quantity) -> bool:
    """`6 pods from 8 to 18`: hours, where the sentence speaks of a schedule and counts something else."""
    sentence = notes.scope.sentence[q.first]
    scheduled = any(notes.scope.sentence[h.first] == sentence for h in notes.text.of("schedule"))
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    if q.kind == "plain" and q.high < q.low <= 24:
        return True
    return (
        scheduled
        and q.kind == "plain"
        and q.high <= 24
        and (
            before in ("from", "between", "von", "de", "zwischen", "at")
            or any(h.last == q.first for h in notes.text.of("schedule"))
        )
    )


def times(notes: Notes, q: Quantity) -> bool:
    """`2gb 1cpu x2`: a multiplier behind the size."""
    before = notes.text.tokens[q.first - 1] if q.first else None
    if before is None or before.text not in ("x", "×"):
        return False
    sized = any(h.last == q.first - 1 and h.key in ("mb", "gb", "cpu") for h in notes.text.of("unit"))
    return sized or (notes.text.tokens[q.first].tight and not before.tight)
