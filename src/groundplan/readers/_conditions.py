"""Whether a word is said on a condition, as an example or in a question. Knows sentences; knows no value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundplan.readers._words import words

if TYPE_CHECKING:
    from groundplan.readers._notes import Notes
    from groundplan.readers._tokens import Hit

_IFS = words(
    "if once when whenever wenn wenn's s' sobald falls sofern si cuando quand lorsque provided providing assuming "
    "supposing suppose"
)
_IFS_OF_TWO = frozenset((
    ("as", "soon"), ("in", "case"), ("on", "condition"), ("the", "moment"), ("the", "day"), ("the", "week"),
    ("le", "jour"), ("el", "dia"), ("des", "que"), ("en", "cuanto"), ("en", "cas"), ("im", "fall"), ("im", "falle"),
    ("a", "condition"), ("con", "tal"),
))  # fmt: skip
_FAILS = words(
    "burn burns crash crashes crashed fire explodes "
    "fail fails failing failed gone lost down dies die breaks outage outages unavailable unreachable offline dark ausfallt "
    "ausfall ausgefallen panne tombe cae falla possible needed necessary asked moglich need"
)
_EXAMPLE = frozenset((
    ("e", ".", "g"), ("for", "example"), ("for", "instance"), ("zum", "beispiel"), ("z", ".", "b"), ("par", "exemple"),
    ("por", "ejemplo"), ("p", ".", "ej"), ("such", "as"), ("something", "like"), ("somewhere", "like"), ("imagine",),
    ("suppose",), ("hypothetically",), ("eg",), ("zb",), ("bsp",), ("say", "for"), ("as", "an", "example"),
))  # fmt: skip
_LONGEST_EXAMPLE = max(map(len, _EXAMPLE))


def conditional(notes: Notes, first: int, last: int) -> bool:
    """`once we grow: Paris`, `Paris if the law allows`: the words first..last hold on a condition only."""
    tokens, scope = notes.text.tokens, notes.scope
    opened = [i for i in range(_opening(notes, first), first) if _opens(notes, i)]
    if opened:
        said = [t.text for t in tokens[opened[-1] : first]]
        return not _failing(said) and not notes.text.cue_between(opened[-1], first, "alert")
    at = last + 1 if last < len(tokens) and tokens[last].text in ",(" else last
    behind = at < len(tokens) and scope.sentence[at] == scope.sentence[first] and is_if(notes, at)
    return behind and not fails(notes, at)


def fails(notes: Notes, i: int) -> bool:
    """`if Paris goes down`: a condition that failover is for, or that changes nothing."""
    return _failing([t.text for t in notes.text.tokens[i : i + 8]])


def _failing(said: list[str]) -> bool:
    """In `wenn die Firma wächst` the `die` is an article."""
    german = bool(said) and said[0] in _GERMAN_IFS
    return bool(set(said) & (_FAILS - {"die"} if german else _FAILS))


_GERMAN_IFS = words("wenn wenn's sobald falls falls's sofern")


def _opens(notes: Notes, i: int) -> bool:
    """An if-word that starts a sentence or a clause."""
    clause = notes.scope.clause
    return (i == 0 or clause[i - 1] != clause[i] or notes.text.tokens[i - 1].text in _JOINTS) and is_if(
        notes, i
    )


_JOINTS = words(", : ( but and or aber und oder mais et ou pero aunque y o obwohl though although bien")


def is_if(notes: Notes, i: int) -> bool:
    said = tuple(t.text for t in notes.text.tokens[i : i + 2])
    return bool(said) and (said[0] in _IFS or said in _IFS_OF_TWO)


def if_not(notes: Notes, i: int) -> bool:
    """`Nairobi if possible, Cape Town if not`: at token `i` starts what makes an alternative of the name before it."""
    return tuple(t.text for t in notes.text.tokens[i : i + 2]) in _IF_NOT


_IF_NOT = frozenset((("if", "not"), ("wenn", "nicht"), ("falls", "nicht"), ("si", "no"), ("si", "non")))


def _opening(notes: Notes, i: int) -> int:
    while i and notes.scope.sentence[i - 1] == notes.scope.sentence[i]:
        i -= 1
    return i


def later(notes: Notes, first: int) -> bool:
    """A word for the future in the clause, and none for the present nearer by; `the target for Q3` names a term."""
    clause = notes.scope.clause
    ahead = [
        c
        for c in notes.text.cues("future")
        if clause[c.first] == clause[first] and not _names_a_term(notes, c)
    ]
    now = [c for c in notes.text.cues("now") if clause[c.first] == clause[first]]
    return bool(ahead) and not any(
        abs(n.first - first) < min(abs(c.first - first) for c in ahead) for n in now
    )


def _names_a_term(notes: Notes, cue: Hit) -> bool:
    said = [t.text for t in notes.text.tokens[max(0, cue.first - 1) : cue.last]]
    return said[0] in ("for", "fur", "pour", "para") or notes.text.tokens[cue.first].text in _TERMS


_TERMS = words("q1 q2 q3 q4 h1 h2 for fur")


def hypothetical(notes: Notes, first: int) -> bool:
    """`RDS would be $90 a month`; in `I would say $90` and `we'd like Paris` nothing is supposed."""
    clause, tokens = notes.scope.clause, notes.text.tokens
    for i in range(max(0, first - 5), first):
        if clause[i] == clause[first] and tokens[i].text in _WOULD:
            return not _WISHES & {t.text for t in tokens[i:first]}
    return False


_WOULD = words("would wurde ware serait couterait seria costaria might could")
_WISHES = words("like say prefer rather love want sagen gerne lieber dire dirais diria decir gern")


def asked(notes: Notes, first: int) -> bool:
    """The sentence of the word asks something; `$100/month?` alone is an answer given with care."""
    sentence, tokens = notes.scope.sentence, notes.text.tokens
    at = first
    while at + 1 < len(tokens) and sentence[at + 1] == sentence[first]:
        at += 1
    if tokens[at].text != "?":
        return False
    said = {t.text for t in tokens[_opening(notes, first) : at]}
    return bool(said & _ASKS)


def of_somebody(notes: Notes, first: int) -> bool:
    """`our competitor runs in us-east-1`, `the consultant said $2,000`: told of somebody else, in the same clause."""
    clause, text = notes.scope.clause, notes.text
    return any(
        clause[c.first] == clause[first] and c.last <= first and first - c.last <= 9
        and not text.cue_between(c.last, first, "self", "but")
        and not _ours(notes, c.last, first)
        for c in text.cues("somebody")
    )  # fmt: skip


def wished_by_others(notes: Notes, first: int) -> bool:
    """`my co-founder swears by New Relic`, `the Danes want Copenhagen`."""
    tokens, clause = notes.text.tokens, notes.scope.clause
    for i in range(max(1, first - 3), first):
        if clause[i] == clause[first] and tokens[i].text in _WISHED:
            subject = {t.text for t in tokens[max(0, i - 3) : i]}
            return tokens[i - 1].kind == "word" and not subject & _WE
    return False


_WISHED = words(
    "wants swears insists prefers likes loves favours favors mochte bevorzugt veut prefere quiere prefiere"
)


def _ours(notes: Notes, first: int, last: int) -> bool:
    """`closest to our supplier so we run in Paris`."""
    return any(t.text in _WE for t in notes.text.tokens[first:last])


_WE = words("we i us our wir ich nous on je nosotros yo so")


_ASKS = words(
    "is are can could would should shall do does did will may might what which how why where who isn't wouldn't couldn't "
    "shouldn't don't ist sind kann kannst konnen konnt soll sollen sollte was welche welches wie warum wo oder darf wird "
    "reicht geht est sont peut pouvez faut quel quelle comment pourquoi ou es son puede podemos que cual como donde ¿ "
    "enough realistic possible ok"
)


def example(notes: Notes, first: int) -> bool:
    """`e.g. eu-west-1`: named as an example, a few words before."""
    tokens, scope = notes.text.tokens, notes.scope
    for i in range(max(0, first - 8), first):
        if scope.sentence[i] == scope.sentence[first] and any(
            tuple(t.text for t in tokens[i : i + n]) in _EXAMPLE for n in range(1, _LONGEST_EXAMPLE + 1)
        ):
            return True
    return False
