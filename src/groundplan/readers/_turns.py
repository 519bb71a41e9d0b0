"""Single turns of phrase beside a name: whose `their` it is, `X: no`. Knows no stance of its own."""

from __future__ import annotations

from groundplan.readers._scopes import Scopes
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._words import words


def own_their(text: Text, scope: Scopes, cue: Hit) -> bool:
    """`Scaleway containers and their managed pg`: `their` is the platform's that was just named."""
    return text.tokens[cue.first].text == "their" and any(
        p.last <= cue.first and scope.sentence[p.first] == scope.sentence[cue.first]
        for p in text.hits.get("platform", ())
    )


def valued_no(text: Text, hit: Hit) -> Hit | None:
    """`autoscaling: no`, `Kubernetes = none`, `PagerDuty no, Opsgenie yes`."""
    after = text.tokens[hit.last : hit.last + 2]
    plain = bool(after) and after[0].text in ("no", "nope", "nein", "non") and after[0].kind == "word"
    if plain and (len(after) == 1 or after[1].text in (",", ";", ".", "\n", ")", "|")):
        return Hit("cue", "neg_post", hit.last, hit.last + 1)
    if (
        len(after) == 2
        and after[0].text in ":="
        and after[1].text in ("no", "off", "none", "false", "never", "nein", "non")
    ):
        return Hit("cue", "neg_post", hit.last, hit.last + 2)
    return None


_CONDITIONAL = frozenset(("platform", "service", "iac"))


def on_condition(text: Text, scope: Scopes, hit: Hit) -> bool:
    """`OVH if prices rise`: a name that holds on a condition only; alerts and triggers are conditions by nature."""
    after = text.tokens[hit.last : hit.last + 2]
    if (
        hit.domain not in _CONDITIONAL
        or len(after) < 2
        or scope.sentence[hit.last] != scope.sentence[hit.first]
    ):
        return False
    return after[0].text in _IFS or (after[0].text == "," and after[1].text in _IFS)


_IFS = words("if wenn falls unless si provided assuming sofern")
