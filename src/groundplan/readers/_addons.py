"""Databases, caches, queues and buckets that an answer names, and who provides them. Knows no platform's plan."""

from __future__ import annotations

from groundplan.model.decision import Addon
from groundplan.readers._notes import Notes
from groundplan.readers._stance import Meant, stances, supported
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._words import words

_INFERRED = frozenset(("supabase", "neon", "upstash", "planetscale", "crunchy_bridge", "aiven", "turso"))
"""Companies whose name alone implies the kind; a kind said beside it wins."""
_LINKS = words(
    "on in from at by via with for = : ( / - → the a managed hosted auf bei bi sur chez en con mit an "
    "our over through provided"
)
_FUNCTION_BETWEEN = frozenset(["is", "are", "will", "lives", "live", "be", "stays"])


def addons(notes: Notes, declined: list[Meant]) -> tuple[Addon, ...]:
    """Every store in the text that is wanted now, with its provider where one is said."""
    text = notes.text
    hits = _unnested([h for h in text.of("addon") if supported(text, h)])
    found = stances(text, notes.scope, hits)
    notes.meant([m for m in found if m.stance != "chosen"])
    wanted = [m.hit for m in found if m.stance == "chosen" and not _in_planned(notes, m.hit, declined)]
    wanted = _without_general(notes, wanted)
    result: list[tuple[Addon, list[Hit]]] = []
    skip: set[Hit] = set()
    for n, hit in enumerate(wanted):
        if hit not in skip:
            result.extend(_addon(notes, hit, wanted[n + 1 :], skip))
    return _merge(notes, result)


def _unnested(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


_RELATIONAL = ("postgres", "mysql", "mssql", "aurora")


def _without_general(notes: Notes, hits: list[Hit]) -> list[Hit]:
    """`RDS Aurora MySQL`, `base de données MySQL`: the general word goes with the exact one behind it."""
    kept: list[Hit] = []
    for n, hit in enumerate(hits):
        after = hits[n + 1] if n + 1 < len(hits) else None
        kind, _, provider = hit.key.partition("@")
        exact = after is not None and after.first == hit.last and after.key.partition("@")[0] in _RELATIONAL
        exact = exact or (after is not None and _labels(notes, hit, after))
        if kind == "database" and not provider and kept and _as_label(notes, kept[-1], hit):
            notes.use(hit.first, hit.last)
            continue
        if (
            exact
            and after is not None
            and kind == "database"
            and (not provider or after.key.partition("@")[2] == provider)
        ):
            notes.use(hit.first, hit.last)
            continue
        kept.append(hit)
    return kept


_TO_BE = words(
    "als as via als: runs comme como we i will use using is be : | = wir nutzen nehmen ist on est es uses with take going run"
)


def _labels(notes: Notes, hit: Hit, exact: Hit) -> bool:
    """`| db | Azure SQL |`, `for the database we use Postgres`: the general word only says what the exact one is."""
    between = {t.text for t in notes.text.tokens[hit.last : exact.first]}
    kind, _, provider = hit.key.partition("@")
    return kind == "database" and not provider and bool(between) and between <= _TO_BE


def _as_label(notes: Notes, exact: Hit, hit: Hit) -> bool:
    """`Turso as the db`, `Postgres for the database`: the general word behind says what the exact one is for."""
    between = [t.text for t in notes.text.tokens[exact.last : hit.first]]
    return 0 < len(between) <= 3 and between[0] in _AS and exact.key.partition("@")[0] != "object_storage"


_AS = words("as for als comme como is")


def _in_planned(notes: Notes, hit: Hit, declined: list[Meant]) -> bool:
    """A store named in brackets or right behind a platform that is not the present one."""
    for m in declined:
        bracket = notes.scope.bracket[hit.first]
        if (
            bracket >= 0
            and (bracket == m.hit.last or notes.scope.bracket[m.hit.first] == bracket)
            and m.stance in ("planned", "past", "other")
        ):
            notes.remark("planned", "`{}` is taken as a plan for later", hit.first, hit.last)
            return True
        same = (
            notes.scope.clause[hit.first] == notes.scope.clause[m.hit.first]
            and abs(hit.first - m.hit.last) <= 3
        )
        if same and m.stance in ("planned", "other") and hit.first > m.hit.last:
            notes.remark("planned", "`{}` is taken as a plan for later", hit.first, hit.last)
            return True
    return False


def _addon(notes: Notes, hit: Hit, rest: list[Hit], skip: set[Hit]) -> list[tuple[Addon, list[Hit]]]:
    kind, _, provider = hit.key.partition("@")
    partners = [r for r in rest[:3] if _joined(notes.text, hit, r)]
    for other in partners:
        other_kind, _, other_provider = other.key.partition("@")
        if (
            not provider
            and other_provider
            and (kind == "database" or other_kind in (kind, "database") or other_provider in _INFERRED)
        ):
            skip.add(other)
            return [(Addon(other_kind if kind == "database" else kind, other_provider), [hit, other])]
        if (
            provider
            and not other_provider
            and (kind in ("database", other_kind, "aurora") or provider in _INFERRED)
        ):
            skip.add(other)
            more = _same_provider(notes, other, rest, provider, skip)
            return [(Addon(other_kind, provider), [hit, other]), *more]
    if not provider:
        platform = _platform_beside(notes, hit)
        if platform is not None:
            return [(Addon(kind, platform.key), [hit, platform])]
    return [(Addon(kind, provider or None), [hit])]


def _same_provider(
    notes: Notes, first: Hit, rest: list[Hit], provider: str, skip: set[Hit]
) -> list[tuple[Addon, list[Hit]]]:
    """`Upstash = redis/queues`: a list of kinds behind one provider."""
    more = []
    last = first
    for hit in rest:
        between = {t.text for t in notes.text.tokens[last.last : hit.first]}
        if (
            hit in skip
            or "@" in hit.key
            or hit.first - last.last > 2
            or not between <= {"/", "and", "&", "+"}
            or hit.first <= last.first
        ):
            continue
        skip.add(hit)
        more.append((Addon(hit.key, provider), [hit]))
        last = hit
    if notes.text.tokens[first.last : first.last + 1] and notes.text.tokens[first.last].text == "/":
        return more
    skip.difference_update(h for _, hits in more for h in hits)
    return []


def _joined(text: Text, a: Hit, b: Hit) -> bool:
    """`RDS Postgres`, `Redis on Upstash`, `Supabase = postgres`, `Cloud SQL (MySQL 8)`."""
    between = text.tokens[a.last : b.first]
    if len(between) > 5:
        return False
    return all(t.text in _LINKS or t.text in _FUNCTION_BETWEEN or t.kind == "number" for t in between)


def _platform_beside(notes: Notes, hit: Hit) -> Hit | None:
    """`Heroku Postgres`, `PostgreSQL on Fly`: the platform right before, or behind a link word."""
    for platform in notes.text.of("platform"):
        if platform.key in ("kubernetes", "onprem") or not supported(notes.text, platform):
            continue
        if platform.last == hit.first or (
            platform.last == hit.first - 1
            and notes.text.tokens[platform.last].text in ("managed", "'s", "hosted")
        ):
            return platform
        between = notes.text.tokens[hit.last : platform.first]
        if platform.first >= hit.last and 0 < len(between) <= 3 and _says_where(between):
            return platform
    return None


def _says_where(between: object) -> bool:
    words = [t.text for t in between if t.kind != "number"]  # type: ignore[attr-defined]  # tuple of Token
    return (
        bool(words)
        and all(w in _LINKS or w in ("as", "well") for w in words)
        and words[0] not in ("/", "-", "→", "with", "for", "and", "mit", "con", ":")
    )


def _merge(notes: Notes, found: list[tuple[Addon, list[Hit]]]) -> tuple[Addon, ...]:
    """One entry for each kind and provider; a later mention may name the provider of an earlier one."""
    kept: list[Addon] = []
    for addon, hits in found:
        same = next(
            (
                a
                for a in kept
                if a.kind == addon.kind and (a.provider == addon.provider or addon.provider is None)
            ),
            None,
        )
        bare = next((a for a in kept if a.kind == addon.kind and a.provider is None), None)
        if same is None and bare is not None:
            kept[kept.index(bare)] = addon
            same = addon
        if same is None:
            kept.append(addon)
            same = addon
        index = kept.index(same)
        _take_with_version(notes, f"addons.{index}", hits[0])
        for hit in hits[1:]:
            provides = hit.domain == "platform" or "@" in hit.key
            _take_with_version(notes, f"addons.{index}.{'provider' if provides else 'kind'}", hit)
    return tuple(kept)


def _take_with_version(notes: Notes, field: str, hit: Hit) -> None:
    """`Postgres 16`: a version belongs to the name."""
    tokens = notes.text.tokens
    numbered = hit.last < len(tokens) and tokens[hit.last].kind == "number"
    notes.take(field, hit.first, hit.last + numbered)
