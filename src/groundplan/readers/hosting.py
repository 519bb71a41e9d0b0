"""Read where an application will run: platforms, their services, and the data stores that join them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import msgspec

from groundplan.facts import vocabulary
from groundplan.model.decision import Hosting, Reading, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._addons import addons
from groundplan.readers._decisions import reported, rivalled, weighed
from groundplan.readers._named import sizes, standby
from groundplan.readers._nearest import misspelt
from groundplan.readers._notes import Notes, finish, too_long
from groundplan.readers._stance import Meant, either, stances, supported
from groundplan.readers._status import bare_status, undecided
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

MENU = ("fly", "aws", "gcp", "azure", "heroku", "kubernetes", "onprem")
NAMES = {"fly": "Fly.io", "aws": "AWS", "gcp": "Google Cloud", "azure": "Azure", "heroku": "Heroku",
         "kubernetes": "Kubernetes", "onprem": "own servers"}  # fmt: skip
_CLOUDS = (
    "aws",
    "gcp",
    "azure",
    "digitalocean",
    "ovh",
    "scaleway",
    "linode",
    "hetzner",
    "vultr",
    "ibm",
    "oracle",
    "fly",
)
_SOFTWARE = words("dokku coolify caprover nomad docker_swarm")
"""Programs that an owner installs on machines: with the machines' owner named they are no place of their own."""
_ON_TOP = ("kubernetes", "openshift", *_SOFTWARE)
"""Platforms that run on rented machines: the machines' owner is where it goes."""
_RENTED = (
    "hetzner",
    "ovh",
    "netcup",
    "contabo",
    "ionos",
    "scaleway",
    "linode",
    "digitalocean",
    "vultr",
    "equinix",
    "exoscale",
    "upcloud",
)


def read(question: Question | None, text: str, facts: Facts) -> Reading:  # noqa: ARG001  # the shape of every reader
    """Read `text` as an answer to the hosting question."""
    key = question.key if question else "hosting"
    notes = Notes("" if too_long(text) else text)
    hits = _hits(notes)
    found = weighed(notes, stances(notes.text, notes.scope, hits), _rivals)
    chosen = [m.hit for m in found if m.stance == "chosen"]
    possible: list[Hit] = []
    doubted = [m for m in found if m.stance in ("maybe", "unclear")]
    if not chosen and not undecided(notes):
        chosen = possible = [m.hit for m in doubted if m.stance == "maybe"]
        found = [m for m in found if m.hit not in chosen]
    open_ = _open_services(notes, chosen)
    value = _value(notes, [h for h in chosen if h not in open_], found, open_)
    if possible:
        value = msgspec.structs.replace(value, primary=None)
    _account(notes, value, chosen, found)
    notes.meant([m for m in found if m.stance != "chosen"])
    if value.primary is not None and rivalled(notes, found, _rivals):
        _ask_whether(notes, value.primary)
    return finish(notes, key, value, _status(notes, value, doubted, chosen))


def _hits(notes: Notes) -> list[Hit]:
    """Platforms and services; of two that cover the same words the longer one, platforms inside add-ons stay."""
    hits = [h for h in notes.text.of("platform", "service") if supported(notes.text, h)]
    kept: list[Hit] = []
    for hit in hits:
        if kept and hit.first < kept[-1].last:
            if hit.last - hit.first > kept[-1].last - kept[-1].first:
                kept[-1] = hit
            continue
        kept.append(hit)
    return [h for h in kept if not _inside_tool(notes, h)]


def _inside_tool(notes: Notes, hit: Hit) -> bool:
    """The platform's name inside a longer name of another kind: `Azure Monitor`, `AWS dashboard`, `Route 53`."""
    return any(
        o.first <= hit.first and hit.last <= o.last and o.last - o.first > hit.last - hit.first
        for domain in ("tool", "tracking", "channel", "backend", "iac")
        for o in notes.text.hits.get(domain, ())
    )


def clouds(hit: Hit) -> tuple[str, ...]:
    """Platforms that a hit stands for: GKE is Google Cloud and Kubernetes."""
    if hit.domain == "platform":
        return (hit.key,)
    places = hit.key.partition("@")[2]
    return tuple(p for p in places.split("+") if p)


def _rivals(a: Hit, b: Hit) -> bool:
    return not set(clouds(a)) & set(clouds(b))


_BY_TYPE = words("ec2 ecs eks elastic_beanstalk lightsail batch emr")
"""Services of AWS that run on machines of a named type."""


def _open_services(notes: Notes, chosen: list[Hit]) -> list[Hit]:
    """`ECS or EKS, to be seen`: services of one cloud that are offered as alternatives; the cloud is settled."""
    pairs = [
        (a, b)
        for a, b in itertools.pairwise(chosen)
        if a.domain == b.domain == "service"
        and a.key != b.key
        and set(clouds(a)) & set(clouds(b))
        and either(notes.text, a, b)
    ]
    hits = list(dict.fromkeys(h for pair in pairs for h in pair))
    if hits:
        names = [(notes.words(h.first, h.last), h.key.partition("@")[0]) for h in hits]
        choices = ((said, {"services": [key]}) for said, key in names)
        notes.doubt("services", f"{' or '.join(said for said, _ in names[:3])}: which one?", *choices)
        notes.use_hits(hits)
    return hits


def _value(notes: Notes, chosen: list[Hit], found: list[Meant], open_: list[Hit]) -> Hosting:
    shared = [p for p in clouds(open_[0]) if all(p in clouds(h) for h in open_)] if open_ else []
    platforms = _unique([*(p for h in chosen for p in clouds(h)), *shared])
    if "onprem" in platforms and any(p in _RENTED for p in platforms):
        platforms = tuple(p for p in platforms if p != "onprem")
    if any(p in _CLOUDS + _RENTED + ("onprem",) for p in platforms):
        platforms = tuple(p for p in platforms if p not in _SOFTWARE)
    services = _unique(h.key.partition("@")[0] for h in chosen if h.domain == "service")
    if not platforms and "managed_k8s" in services:
        platforms = ("kubernetes",)
    if "managed_k8s" in services:
        services = tuple(s for s in services if s != "managed_k8s")
    stores = addons(notes, _planned_spans(found))
    rejected = _rejected(found, platforms, services)
    named_sizes = sizes(notes, stores)
    if "aws" in platforms and any(s.provider == "aws" and s.part == "web" for s in named_sizes):
        services = services if _BY_TYPE & set(services) else (*services, "ec2")
    return Hosting(
        platforms=platforms,
        services=services,
        primary=_primary(notes, platforms, chosen),
        rejected=rejected,
        addons=stores,
        standby=standby(notes, stores),
        sizes=named_sizes,
    )


def _planned_spans(found: list[Meant]) -> list[Meant]:
    return [m for m in found if m.stance not in ("chosen", "maybe")]


def _rejected(found: list[Meant], platforms: tuple[str, ...], services: tuple[str, ...]) -> tuple[str, ...]:
    declined = [m.hit for m in found if m.stance in ("rejected", "past")]
    names = _unique(h.key.partition("@")[0] for h in declined)
    return tuple(n for n in names if n not in platforms and n not in services)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _primary(notes: Notes, platforms: tuple[str, ...], chosen: list[Hit]) -> str | None:
    """Where it goes first; None where two platforms have equal weight."""
    if set(platforms) == {"kubernetes", "onprem"}:
        return "kubernetes"
    if "onprem" in platforms and all(p in _ON_TOP for p in platforms if p != "onprem"):
        return "onprem"
    real = [p for p in platforms if p not in _ON_TOP or not any(c in _CLOUDS + _RENTED for c in platforms)]
    if len(real) == 1:
        return real[0]
    if not real or _alternatives(notes, chosen):
        return None
    return (
        _marked(notes, chosen, "main", "now")
        or _marked(notes, chosen, "production")
        or _back_end(notes, chosen)
    )


def _alternatives(notes: Notes, chosen: list[Hit]) -> bool:
    return any(either(notes.text, a, b) for a, b in itertools.pairwise(chosen))


def _marked(notes: Notes, chosen: list[Hit], *keys: str) -> str | None:
    """The only platform whose clause says `mainly` or `now`, while another's does not."""
    clause = notes.scope.clause
    cues = notes.text.cues(*keys)
    marked = {
        p
        for h in chosen
        for c in cues
        if (clause[c.first] == clause[h.first] or notes.scope.bracket[c.first] == h.last)
        and not notes.text.cues("secondary")
        for p in clouds(h)
    }
    return next(iter(marked)) if len(marked) == 1 else None


def _back_end(notes: Notes, chosen: list[Hit]) -> str | None:
    """With the front end on one platform, the back end's platform counts."""
    fronts = {
        p for h in chosen if _near(notes, h, "front") and not _near(notes, h, "back") for p in clouds(h)
    }
    rest = {p for h in chosen for p in clouds(h)} - fronts - {"kubernetes"}
    return next(iter(rest)) if fronts and len(rest) == 1 else None


def _near(notes: Notes, hit: Hit, cue: str) -> bool:
    clause = notes.scope.clause
    for c in notes.text.cues(cue):
        gap = min(abs(c.first - hit.last), abs(hit.first - c.last))
        alone = c.last <= hit.first and not any(
            c.last <= h.first < hit.first for h in notes.text.of("platform", "service")
        )
        if clause[c.first] == clause[hit.first] and (gap <= 3 or alone):
            notes.use(c.first, c.last)
            return True
    return False


def _account(notes: Notes, value: Hosting, chosen: list[Hit], found: list[Meant]) -> None:
    for hit in chosen:
        for platform in clouds(hit):
            if platform in value.platforms:
                notes.take_hit(
                    f"platforms.{value.platforms.index(platform)}",
                    hit,
                    "stated" if hit.domain == "platform" else "inferred",
                )
                if platform == value.primary:
                    notes.take_hit("primary", hit, "stated" if len(value.platforms) == 1 else "inferred")
        service = hit.key.partition("@")[0]
        if hit.domain == "service" and service in value.services:
            notes.take_hit(f"services.{value.services.index(service)}", hit)
        notes.use(hit.first, hit.last)
    for m in found:
        name = m.hit.key.partition("@")[0]
        if m.stance in ("rejected", "past") and name in value.rejected:
            notes.take_hit(f"rejected.{value.rejected.index(name)}", m.hit)


def _status(notes: Notes, value: Hosting, doubted: list[Meant], chosen: list[Hit]) -> Status:
    if any(m.stance == "unclear" for m in doubted):
        notes.doubt(
            "primary",
            f"{_quoted(notes, doubted[0].hit)} can be read both ways: is it wanted?",
            *_choices(clouds(doubted[0].hit)),
        )
        return "unclear"
    if value.primary is not None:
        if any(m.stance == "maybe" and set(clouds(m.hit)) & set(value.platforms) for m in doubted):
            _ask_whether(notes, value.primary)
            return "unclear"
        if all(reported(notes, h) for h in chosen):
            _ask_whether(notes, value.primary)
        return "ok"
    if len(value.platforms) == 1 or (
        value.platforms and not any(_rivals(a, b) for a, b in itertools.combinations(chosen[:9], 2))
    ):
        _ask_whether(notes, value.platforms[0])
        return "unclear"
    if value.platforms:
        notes.doubt(
            "primary",
            f"{_join(value.platforms)} were named: which one runs the application first?",
            *_choices(value.platforms),
        )
        return "unclear"
    status = bare_status(notes)
    if status == "unclear":
        _nothing(notes, value)
    return status


def _ask_whether(notes: Notes, primary: str) -> None:
    notes.doubt("primary", f"is {label(primary)} decided, or a possibility only?", *_choices((primary,)))


def _nothing(notes: Notes, value: Hosting) -> None:
    near = misspelt(notes.text, "platform")
    if near is not None:
        key = next(
            n.key for _, ns in vocabulary.load().by_first[near[1]] for n in ns if n.domain == "platform"
        )
        said = notes.words(near[0], near[0] + 1)
        notes.doubt("primary", f"is “{said}” {label(key)}?", *_choices((key,)), ("no", {}))
        return
    open_ = [p for p in MENU if p not in value.rejected]
    notes.doubt("primary", "no platform was recognised: where will it run?", *_choices(tuple(open_[:3])))


def label(platform: str) -> str:
    return NAMES.get(platform, platform)


def _join(platforms: tuple[str, ...]) -> str:
    return " and ".join(label(p) for p in platforms[:3])


def _choices(platforms: tuple[str, ...]) -> tuple[tuple[str, dict[str, object]], ...]:
    return tuple((label(p), {"primary": p, "platforms": [p]}) for p in platforms)


def _quoted(notes: Notes, hit: Hit) -> str:
    return f"“{notes.words(hit.first, hit.last)}”"


READER = Reader(
    key="hosting",
    titles=("hosting platform", "hosting", "platform selection", "deployment platform", "where it runs"),
    value=Hosting,
    read=read,
)
