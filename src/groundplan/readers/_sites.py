"""The places that run the application, and what to ask where they are not clear. Knows no users and no law."""

from __future__ import annotations

import itertools

import msgspec

from groundplan.facts import vocabulary
from groundplan.model.decision import Regions, Status
from groundplan.model.infrastructure import Facts
from groundplan.readers._conditions import if_not
from groundplan.readers._nearest import misspelt
from groundplan.readers._notes import Notes
from groundplan.readers._places import Mention, catalogue, nearest_codes
from groundplan.readers._stance import either
from groundplan.readers._status import bare_status
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words


class Site(msgspec.Struct, frozen=True):
    """One place that runs the application: its names together."""

    parts: tuple[Mention, ...]
    first: int
    last: int
    again: tuple[tuple[int, int], ...] = ()
    """Where it is named once more."""

    @property
    def where(self) -> str | None:
        exact = sorted(self.parts, key=lambda m: ("code", "city", "place", "compass", "area").index(m.kind))
        return exact[0].where

    @property
    def is_wide(self) -> bool:
        """A country or an area only: no city, no code, no compass name."""
        return all(p.kind in ("area", "place") for p in self.parts)

    @property
    def code(self) -> str | None:
        return next((m.code for m in self.parts if m.code), None)


class Doubts(msgspec.Struct, frozen=True):
    """What is not sure about the places."""

    doubtful: tuple[Mention, ...]
    """Names that several places share."""
    unsure: bool
    """Every place is a possibility only."""
    apart: bool = False
    """Two names that read like one place lie in different countries."""
    aside: Site | None = None
    """A city that is named in passing, and may be a second region."""
    planned: Mention | None = None
    """A place that is said for later."""
    excluded: Mention | None = None
    """`the EU except Milan`: a place that is not wanted, in an area that is."""


def contradicts(notes: Notes, sites: list[Site]) -> bool:
    """`London (Ontario)`, `Paris, Texas`: a place in brackets that the place before does not lie in."""
    if len(sites) == 2 and _city_and_state(notes, *sites):
        return True
    for a, b in itertools.pairwise(sites):
        if (
            notes.scope.bracket[b.first] == a.last
            and a.where != b.where
            and not notes.text.cue_between(
                a.last, min(b.last + 4, len(notes.text.tokens)), "secondary", "failover"
            )
        ):
            return True
    return False


_STATES = words(
    "texas ontario kentucky tennessee georgia alabama florida maine indiana illinois michigan missouri arkansas "
    "mississippi connecticut massachusetts pennsylvania maryland arizona colorado minnesota wisconsin kansas ohio "
    "oregon virginia california iowa idaho quebec manitoba alberta"
)


def _city_and_state(notes: Notes, city: Site, state: Site) -> bool:
    """`Paris, Texas`: a town of a state, or two places; `Ashburn, Virginia` is one place and no doubt."""
    named = [t.text for t in notes.text.tokens[state.first : state.last] if t.kind == "word"]
    between = [t.text for t in notes.text.tokens[city.last : state.first]]
    joined = between == [","] or "one" in between
    return joined and len(named) == 1 and named[0] in _STATES and city.where not in (state.where, None)


def region_status(notes: Notes, value: Regions, sites: list[Site], doubts: Doubts, facts: Facts) -> Status:
    """Status of the answer, with a question for each thing in doubt."""
    doubtful = [m for m in doubts.doubtful if not _coded(notes, m, sites)]
    if doubtful:
        return _ask_doubtful(notes, doubtful[0])
    unknown = [m for s in sites for m in s.parts if not m.known]
    if unknown:
        return _ask_unknown(notes, unknown[0], facts)
    if is_open(notes, sites) or doubts.unsure or doubts.apart:
        _ask_which(notes, value)
        return "unclear"
    if doubts.aside is not None:
        _ask_aside(notes, value, doubts.aside)
    if doubts.excluded is not None and all(s.is_wide for s in sites):
        name = notes.words(doubts.excluded.first, doubts.excluded.last)
        notes.doubt("primary", f"“{value.regions[0].text}” without “{name}”: which region is it?")
        notes.doubt("regions")
    if value.regions or value.topology == "global":
        return "ok"
    if doubts.planned is not None:
        return _ask_until_then(notes, doubts.planned)
    return _nothing(notes, value)


def _ask_until_then(notes: Notes, place: Mention) -> Status:
    """`Canada Central from September`: where it runs today was not said."""
    name = notes.words(place.first, place.last)
    there = ((f"{name} from the start", _only_there(name, place.where)[1]),) if place.where else ()
    notes.doubt("primary", f"“{name}” is said for later: where does it run until then?", *there)
    notes.doubt("regions")
    notes.doubt("topology")
    return "unclear"


def is_open(notes: Notes, sites: list[Site]) -> bool:
    """`Paris or Frankfurt`."""
    hits = [Hit("site", "", s.first, s.last) for s in sites]
    return any(either(notes.text, a, b) or _otherwise(notes, a, b) for a, b in itertools.pairwise(hits))


def _otherwise(notes: Notes, a: Hit, b: Hit) -> bool:
    """`Madrid if they have it, otherwise Paris`."""
    return if_not(notes, b.last) or any(t.text in _ELSE for t in notes.text.tokens[a.last : b.first])


_ELSE = words("otherwise alternatively sonst ansonsten andernfalls notfalls sinon alternativement failing")


def _ask_which(notes: Notes, value: Regions) -> None:
    names = [p.text for p in value.regions[:2]]
    options = [
        (n, {"primary": n, "topology": "single", "regions": [msgspec.to_builtins(p)]})
        for n, p in zip(names, value.regions, strict=False)
    ]
    if len(names) == 2:
        options.append(("both", {"topology": "multi", "primary": names[0]}))
    notes.doubt("primary", f"{' or '.join(names)}: which one?", *options)
    notes.doubt("topology")
    notes.doubt("regions")


def _ask_aside(notes: Notes, value: Regions, aside: Site) -> None:
    name = notes.words(aside.first, aside.last)
    both = [*(msgspec.to_builtins(p) for p in value.regions), {"text": name, "country_or_area": aside.where}]
    notes.doubt(
        "regions",
        f"does it run in “{name}” as well?",
        ("no", {"topology": "single"}),
        ("yes, in both", {"topology": "multi", "regions": both}),
    )
    notes.doubt("topology")
    notes.doubt("primary")


def _only_there(name: str, where: str) -> tuple[str, dict[str, object]]:
    return name, {
        "topology": "single",
        "primary": name,
        "regions": [{"text": name, "country_or_area": where}],
    }


def _nothing(notes: Notes, value: Regions) -> Status:
    status = bare_status(notes)
    if value.topology is not None and status == "unclear":
        notes.doubt(
            "regions", "which region is it?", _only_there("US East", "us"), _only_there("Frankfurt", "de")
        )
        notes.doubt("primary")
        return "unclear"
    if status == "unclear":
        near_name = misspelt(notes.text, "city")
        if near_name is not None:
            said, name = notes.words(near_name[0], near_name[0] + 1), near_name[1].title()
            key = next(
                n.key for _, ns in vocabulary.load().by_first[near_name[1]] for n in ns if n.domain == "city"
            )
            notes.doubt("primary", f"is “{said}” {name}?", _only_there(name, key), ("no", {}))
        near = value.users[0].upper() if value.users else ""
        text = (
            f"users are in {near}: should it run there?"
            if near
            else "no place was recognised: where should it run?"
        )
        there = ((near, value.users[0]),) if near and value.users[0] != "global" else ()
        notes.doubt(
            "primary", text, *(_only_there(n, c) for n, c in (*there, ("US East", "us"), ("Frankfurt", "de")))
        )
        for field in ("regions", "topology"):
            notes.doubt(field)
    return status


def _coded(notes: Notes, place: Mention, sites: list[Site]) -> bool:
    """`Santiago (southamerica-west1)`: the code beside it says which one."""
    codes = [m for s in sites for m in s.parts if m.kind == "code" and m.known]
    near = any(0 <= m.first - place.last <= 1 or 0 <= place.first - m.last <= 1 for m in codes)
    if near:
        notes.use(place.first, place.last)
    return near


def _ask_doubtful(notes: Notes, place: Mention) -> Status:
    name = notes.words(place.first, place.last)
    notes.doubt("primary", f"there is more than one “{name}”: which country, or which region code?")
    notes.doubt("regions")
    notes.use(place.first, place.last)
    return "unclear"


def _ask_unknown(notes: Notes, place: Mention, facts: Facts) -> Status:
    name = notes.words(place.first, place.last)
    known = catalogue(facts).countries
    options = [
        (c, {"primary": c, "regions": [{"text": c, "country_or_area": known[c], "provider_region": c}]})
        for c in nearest_codes(place.hit.key, facts)
    ]
    notes.doubt("regions", f"`{name}` is no region of a known provider: which one is meant?", *options)
    notes.doubt("primary")
    return "unclear"
