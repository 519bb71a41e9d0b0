"""Sizes by their vendors' names, and a standby, in any answer. Knows how names look; not which ones exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.decision import Addon, Size
from groundplan.readers._notes import Notes
from groundplan.readers._stance import stances
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words
from groundplan.syntax.patterns import late

_TYPE = r"[a-z]{1,3}\d[a-z0-9]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal)"
_AZURE = ("b1", "b2", "b3", "s1", "s2", "s3")
_FAMILIES = tuple(
    (provider, part, hints, late(rf"(?<![\w.-])(?:{pattern})(?![\w-])"))
    for provider, part, hints, pattern in (
        ("aws", "database", ("db.",), rf"db\.{_TYPE}"),
        ("aws", "cache", ("cache.",), rf"cache\.{_TYPE}"),
        ("aws", "web", (".nano", ".micro", ".small", ".medium", ".large", "xlarge", ".metal"), _TYPE),
        (
            "heroku",
            "web",
            ("standard-", "performance-", "eco", "basic"),
            r"standard-[12]x|performance-(?:m|l|l-ram|xl|2xl)|(?:eco|basic)(?= dynos?\b)",
        ),
        ("heroku", "database", ("essential-", "standard-", "premium-"), r"(?:essential|standard|premium)-\d"),
        (
            "azure",
            "web",
            ("v2", "v3", "v4", *_AZURE),
            r"p[0-3]m?v[234]|[bs][123](?= (?:plan|tier|sku|instances?|workers?)\b)",
        ),
        (
            "azure",
            "web",
            _AZURE,
            r"(?<=plan )[bs][123]|(?<=app service )[bs][123]|(?<=app service \()[bs][123]|(?<=tier )[bs][123]",
        ),
        (
            "azure",
            "database",
            ("b1ms", "b2s", "b2ms", "s_v"),
            r"(?:standard_)?(?:b1ms|b2s|b2ms|[de]\d+a?d?s_v\d)",
        ),
        ("gcp", "database", ("db-",), r"db-(?:f1-micro|g1-small|custom-\d+-\d+|(?:n1|perf)-[a-z0-9-]+\d)"),
        (
            "gcp",
            "web",
            ("-standard-", "-highmem-", "-highcpu-", "e2-"),
            r"(?:e2|n1|n2d?|n4|c2d?|c3d?|c4a?|t2[ad])-(?:standard|highmem|highcpu)-\d+|e2-(?:micro|small|medium)",
        ),
        ("fly", "web", ("shared-cpu-", "performance-"), r"(?:shared-cpu|performance)-\d+x"),
    )
)
"""Each with words of which one stands in all that it matches: most texts hold none, and compiling costs more."""
_STANDBY = late(
    r"\b(?:multi[- ]?az|multi[- ]zone|standby|zone[- ]redundan(?:t|cy)|high(?:ly)?[- ]availab(?:le|ility)|ha)\b"
)
_RUNS = ("postgres", "mysql", "mariadb", "database", "redis")


def sizes(notes: Notes, addons: tuple[Addon, ...] = ()) -> tuple[Size, ...]:
    """One size for each part; a second one for the same part stays unused, and is reported as that."""
    found: dict[str, Size] = {}
    for size, first, last in _wanted(notes):
        part = _owner(notes, size, first, last, addons)
        if part in found and found[part].name != size.name:
            continue
        found.setdefault(part, Size(size.provider, part, size.name))  # type: ignore[arg-type]  # a closed set
        notes.take(f"sizes.{list(found).index(part)}", first, last)
    return tuple(found.values())


def _wanted(notes: Notes) -> Iterator[tuple[Size, int, int]]:
    """Sizes that are meant for now, with their tokens."""
    named = {hit: size for size, hit in _written(notes)}
    hits = sorted(named, key=lambda h: h.first)
    for m in stances(notes.text, notes.scope, hits, third_party=False):
        if m.stance == "chosen":
            yield named[m.hit], m.hit.first, m.hit.last
        else:
            notes.meant([m])


def _written(notes: Notes) -> Iterator[tuple[Size, Hit]]:
    shown = notes.text.shown
    for provider, part, hints, pattern in _FAMILIES:
        for match in pattern.finditer(shown) if any(hint in shown for hint in hints) else ():
            inside = [
                i for i, t in enumerate(notes.text.tokens) if t.start < match.end() and t.end > match.start()
            ]
            if inside:
                name = match[0] if provider != "azure" else notes.text.raw[match.start() : match.end()]
                hit = Hit(domain="size", key=match[0], first=inside[0], last=inside[-1] + 1)
                yield Size(provider, part, _spelt(name, provider)), hit  # type: ignore[arg-type]  # a closed set


def _spelt(name: str, provider: str) -> str:
    """Azure writes `P1v3`, `B1ms` and `D2ds_v5`."""
    if provider != "azure":
        return name
    bare = re.sub(r"(?i)^standard_", "", name)
    return bare[:1].upper() + bare[1:].lower()


_MACHINES = words("node nodes vm vms machine machines worker workers knoten pool")


def _owner(notes: Notes, size: Size, first: int, last: int, addons: tuple[Addon, ...]) -> str:
    """`premium-0` is a plan of both stores of Heroku: the one that is named nearest has it. `D4s_v5 nodes` are no
    database."""
    if size.provider == "azure" and {t.text for t in notes.text.tokens[last : last + 2]} & _MACHINES:
        return "web"
    if size.provider != "heroku" or size.part == "web" or not any(a.kind == "redis" for a in addons):
        return size.part
    near = min((h for h in notes.text.of("addon")), key=lambda h: abs(h.first - first), default=None)
    return "cache" if near and near.key.partition("@")[0] == "redis" else "database"


def standby(notes: Notes, addons: tuple[Addon, ...]) -> tuple[str, ...]:
    """Kinds of the stores that a standby is said of, in the order of the words."""
    found: dict[str, None] = {}
    for match in _STANDBY.finditer(notes.text.shown):
        inside = [
            i for i, t in enumerate(notes.text.tokens) if t.start < match.end() and t.end > match.start()
        ]
        if not inside:
            continue
        cue = Hit(domain="standby", key="standby", first=inside[0], last=inside[-1] + 1)
        kind = _kind(_owner_of(notes, cue), addons)
        if kind is None:
            continue
        (meant,) = stances(notes.text, notes.scope, [cue], third_party=False)
        if meant.stance != "chosen":
            notes.meant([meant])
        elif _DENIED.search(notes.text.shown[: match.start()]):
            notes.remark("rejected", "`{}` is taken as not wanted", max(cue.first - 1, 0), cue.last)
        else:
            found[kind] = None
            notes.take("standby", cue.first, cue.last)
    return tuple(found)


_DENIED = late(r"\b(?:no|non|not|without|kein\w*|ohne|sans|sin)[ -](?:an? |any |the )?$")
_BEHIND = words("without no not with w / ( in a an as , is flexible server for postgresql postgres mode - :")
_CLOSE = words("with w / ( in")
"""Words that tie a standby to what stands before it: `RDS Postgres with HA`, `Cloud SQL (HA)`."""


def _owner_of(notes: Notes, cue: Hit) -> Hit | None:
    """What the words are said of: what they are tied to before them, else what follows at once, else the nearest."""
    text, clause = notes.text, notes.scope.clause
    near = [h for h in text.of("addon", "platform", "service") if h.first >= cue.last or h.last <= cue.first]
    near = [h for h in near if notes.scope.sentence[h.first] == notes.scope.sentence[cue.first]]
    before = max(
        (h for h in near if h.last <= cue.first), key=lambda h: (h.last, h.domain == "addon"), default=None
    )
    after = min(
        (h for h in near if h.first >= cue.last), key=lambda h: (h.first, h.domain != "addon"), default=None
    )
    tie = {t.text for t in text.tokens[before.last : cue.first]} if before else set()
    if before and before.domain == "addon" and tie <= _CLOSE:
        return before
    if after and after.first == cue.last:
        return after
    if before and tie <= _BEHIND:
        return before
    kept = [h for h in near if clause[h.first] == clause[cue.first]]
    return min(kept, key=lambda h: (_gap(h, cue), h.domain != "addon"), default=None)


def _kind(owner: Hit | None, addons: tuple[Addon, ...]) -> str | None:
    """The kind of the store that `owner` names; RDS is whichever database there is, if there is one."""
    if owner is None or owner.domain != "addon":
        return None
    kinds = [a.kind for a in addons if a.kind in _RUNS]
    kind = owner.key.partition("@")[0]
    if kind in kinds and kind != "database":
        return kind
    exact = [k for k in kinds if k not in ("redis", "database")] or [k for k in kinds if k == "database"]
    return exact[0] if kind == "database" and len(exact) == 1 else None


def _gap(a: Hit, b: Hit) -> int:
    return b.first - a.last if a.last <= b.first else a.first - b.last
