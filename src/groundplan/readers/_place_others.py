"""Places that are named for something else: an office, a store, a people. Knows no catalogue and no stance."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._places import Mention
from groundplan.readers._plain import PLAIN
from groundplan.readers._stance import FUNCTION
from groundplan.readers._words import words


def of_another_thing(notes: Notes, place: Mention, alone: bool) -> bool:
    """The place belongs to a name, to an origin, or to something that runs nothing."""
    beside = not alone and any(f(notes, place) for f in (of_a_shop, of_people_there, of_an_office))
    if describes(notes, place) or beside:
        return True
    return place.kind != "code" and of_something_else(notes, place)


def describes(notes: Notes, place: Mention) -> bool:
    """`a Portuguese parent`, `the Dutch tax office`: a word of origin that says nothing of where it runs."""
    tokens = notes.text.tokens
    word = tokens[place.first].text
    if place.last - place.first > 1 or place.kind not in ("place", "area") or place.last >= len(tokens):
        return False
    after = tokens[place.last]
    owned = word in _SHORT and place.first > 0 and tokens[place.first - 1].text in _OWNERS
    origin = word.endswith(_ORIGINS) or word in _OF_ORIGIN or owned
    return origin and after.kind == "word" and after.text not in _GROUND and after.text not in PLAIN


_ORIGINS = ("ish", "ese", "ian", "ean", "ische", "ischen", "ischer", "isches", "aise", "ais")
_OF_ORIGIN = words(
    "dutch french german swiss greek czech american mexican african asian nordic deutsche deutschen deutscher"
)
_SHORT = words("us uk eu usa emea apac")
_OWNERS = words("our my their its his her a an")
"""`our US entity`: in `the US today` nobody's is meant."""
_GROUND = words(
    "soil ground territory hosting hosted host hoster provider region regions cloud datacenter datacentre data server "
    "servers zone rechenzentrum serveur servidor only based east west north south central side market"
)


def of_a_shop(notes: Notes, place: Mention) -> bool:
    """`the Seoul shops`, `our Chicago office`: what is there is named behind it, and runs nothing."""
    tokens = notes.text.tokens
    if not place.first or place.kind == "code" or place.last >= len(tokens):
        return False
    return tokens[place.first - 1].text in _DETERMINERS and tokens[place.last].text in _SHOPS


def of_people_there(notes: Notes, place: Mention) -> bool:
    """`our accountants in Budapest log in`: somebody, and no machine, is said to be there."""
    tokens, first = notes.text.tokens, place.first
    if first < 3 or place.kind == "code" or tokens[first - 1].text not in ("in", "en", "a"):
        return False
    noun = tokens[first - 2]
    return (
        tokens[first - 3].text in _DETERMINERS
        and noun.kind == "word"
        and noun.text not in _RUNNING
        and noun.text not in _COUNTED
        and not any(h.last == first - 1 for h in notes.text.of("platform", "service", "addon", "counted"))
    )


_DETERMINERS = words(
    "the our my their his her its some two three unsere unser die der nos notre les nuestra nuestros los"
)
_COUNTED = words(
    "one first second only cheapest nearest closest colo rack racks hoster dc provider zone zones standby"
)
_SHOPS = words(
    "shop shops store stores branch branches warehouse warehouses office offices market markets customer customers crowd "
    "folks people guests entity subsidiary client clients launch school schools hospital hospitals bank exchange plant "
    "plants factory factories restaurant restaurants hotel hotels clinic clinics campus team teams ones filiale filialen werk"
)


def of_something_else(notes: Notes, place: Mention) -> bool:
    """`the lawyers are in Brazil`: what lies there is nothing that runs."""
    tokens, at = notes.text.tokens, place.first - 1
    while at >= 0 and tokens[at].text in _ARTICLES:
        at -= 1
    if at < 2 or tokens[at].text not in _IN:
        return False
    at -= 1
    while at > 1 and tokens[at].text in _ADVERBS:
        at -= 1
    if at < 1 or tokens[at].text not in _LIE:
        return False
    subject = tokens[at - 1]
    if subject.kind != "word" or notes.scope.clause[at - 1] != notes.scope.clause[place.first]:
        return False
    named = any(h.last == at for h in notes.text.of("platform", "service", "addon", "tool"))
    return not named and subject.text not in _RUNNING and subject.text not in FUNCTION


_ARTICLES = words("the der die den dem la le les el los")
_ADVERBS = words(
    "all both mostly mainly mostly largely based located only just alle hauptsachlich tous toutes todos todas"
)
_IN = words("in en a at around across near throughout au aux rund um")
_LIE = words("is are sit sits live lives ist sind sitzt sitzen est sont esta estan es son remain remains")
_RUNNING = words(
    "server servers app apps application applications infra infrastructure stack backend api apis site website service "
    "services system systems everything region regions database databases db data datacenter cluster clusters machines vms "
    "instances production prod hosting deployment workload workloads primary secondary dr standby backup provider box boxes "
    "it product platform platforms host main home daten anwendung alles serveurs donnees servidores datos todo redis "
    "postgres dataset storage bucket account project all rest which zone serveur servidor rechenzentrum dienst dienste"
)


def of_an_office(notes: Notes, place: Mention) -> bool:
    """`Reserve Bank of India`: a place in the name of somebody."""
    words_before = [t.text for t in notes.text.tokens[max(0, place.first - 2) : place.first]]
    return words_before[-1:] in (["of"], ["von"], ["de"]) and words_before[0] in _OFFICES


_OFFICES = words(
    "bank government ministry republic university department parliament embassy kingdom bureau regierung"
)


def copies_go(notes: Notes, place: Mention) -> bool:
    """`backups go to Frankfurt`, `snapshots copied to us-west-2`: data that lies there serves nobody."""
    tokens, clause = notes.text.tokens, notes.scope.clause[place.first]
    cue = notes.text.cue_between(max(0, place.first - 8), place.first, "copies")
    if cue is not None and notes.scope.clause[cue.first] == clause:
        return not _LIVE & {t.text for t in tokens[max(0, cue.first - 3) : cue.last]}
    cue = notes.text.cue_between(place.last, min(place.last + 9, len(tokens)), "copies")
    if cue is None or notes.scope.clause[cue.first] != clause:
        return False
    led = {t.text for t in tokens[place.last : cue.first]}
    return bool(led & _FOR) and not led & _LIVE


_FOR = words("for holds gets keeps fur pour para receives stores")
_LIVE = words("read readonly live warm hot running active standby failover")


def of_a_store(notes: Notes, place: Mention) -> bool:
    """`our Supabase is in us-east-1`: the place of a service that somebody else runs."""
    for hit in notes.text.of("addon", "tool"):
        if not 0 < place.first - hit.last <= 4:
            continue
        between = [t.text for t in notes.text.tokens[hit.last : place.first]]
        if between[0] in _LIES and "@" in hit.key:
            return set(between) <= _LIES
    return False


_LIES = frozenset(
    ("is", "in", "lives", "sits", "runs", "at", "on", "already", "the", "liegt", "est", "esta", "hosted")
)
