"""Turn a text into tokens and the vocabulary's names in it. Knows spelling and position; does not know any question."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from decimal import Decimal

import msgspec

from groundplan.facts.vocabulary import Phrase, Vocabulary, fold, scan
from groundplan.readers._hidden import hide
from groundplan.readers._numerals import NUMBER_WORDS, decimal_of, join, thousands
from groundplan.readers._plain import PLAIN
from groundplan.readers._slips import SPELT, slip_of
from groundplan.readers._swallowed import without_swallowed
from groundplan.readers._times import MONTHS, beginnings
from groundplan.readers._words import words
from groundplan.syntax.patterns import late

_FILE = late(
    r"\.?(?:[\w*@-]+[./])*[\w*@-]+\.(?:ya?ml|toml|tf|tfvars|json5?|bicep|hcl|tpl|conf|ini|nix|sh|py|ts|dockerfile)"
    r"|dockerfile|procfile|makefile|jenkinsfile|caddyfile"
)
_ENDINGS = words("yaml yml toml tf tfvars json json5 bicep hcl tpl conf ini nix sh py ts dockerfile")
_FOLDER = late(r"(?:[\w-]+/)+")
_CODE = late(
    r"(?:us|eu|ap|sa|ca|af|me|il|mx|cn|asia|europe|australia|northamerica|southamerica|africa|eusc-de|us-gov)"
    r"-(?:(?:north|south|east|west|central|gov)*-?|[a-z]{4,12}-?)\d{1,2}(?:-?[a-f])?"
)
_MACHINE = late(
    r"(?:db\.|cache\.)?[a-z]{1,3}\d[a-z0-9]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal)"
    r"|[a-z]\d[a-z]?-(?:micro|small|medium|standard|highmem|highcpu)(?:-\d+)?"
    r"|(?:shared|performance)-(?:cpu-)?\d+x|shared-cpu|(?:standard|performance|basic|eco)-\d+x"
    r"|performance-(?:m|l|l-ram|2?xl)"
    r"|(?:cp?x|ccx|cax)\d{2}|s-\d+vcpu-\d+gb|standard_[a-z]\d+\w*|[bpsfd]\d{1,2}v\d|gp[23]"
)
_CHUNK = late(
    r"(?:(?![-=]>)[^\s,;:()\[\]{}<>\"'`|=+!?→]|(?<=\d),(?=\d)|(?<=\d):(?=[0-5]\d(?!\d))|(?<=[a-z])'(?=[a-z]))+"
)
_URL = late(r"(?:https?|ldaps?|ftp|ssh|s3|gs)://[^\s\"'<>]*|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_CAMEL = late(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ABBREVIATION = words(
    "n s e w max min approx ca bzw incl inkl mind ggf vs eg ie no. zb etc resp mo p st rs fr jr dr"
)


class Token(msgspec.Struct, frozen=True):
    """`kind`: word, number, clock, symbol, stop, line, file, folder, code, machine, url or address."""

    kind: str
    start: int
    end: int
    text: str
    value: Decimal | None = None
    tight: bool = False
    """No space before it."""


class Hit(msgspec.Struct, frozen=True):
    """A vocabulary phrase: tokens first..last (last excluded)."""

    domain: str
    key: str
    first: int
    last: int
    weak: bool = False


def _first_token(hit: Hit) -> int:
    return hit.first


class Text(msgspec.Struct, frozen=True):
    """A text taken apart: the raw text, its tokens, and what the vocabulary knows in it."""

    raw: str
    shown: str
    """Folded, hidden parts blanked; same length as `raw`."""
    tokens: tuple[Token, ...]
    hits: dict[str, tuple[Hit, ...]]
    """Domain -> hits in order; cues are filed as `cue.<key>`."""

    def of(self, *domains: str) -> list[Hit]:
        found = [h for d in domains for h in self.hits.get(d, ())]
        return sorted(found, key=lambda h: h.first) if len(domains) > 1 else found

    def cues(self, *keys: str) -> list[Hit]:
        return self.of(*(f"cue.{k}" for k in keys))

    def cue_between(self, first: int, last: int, *keys: str) -> Hit | None:
        """The first cue of `keys` between two tokens; hits are in order, so the search starts near `first`."""
        found: Hit | None = None
        for key in keys:
            hits = self.hits.get(f"cue.{key}", ())
            for hit in hits[bisect_left(hits, first, key=_first_token) :]:
                if hit.first >= last or (found is not None and hit.first >= found.first):
                    break
                if hit.last <= last:
                    found = hit
                    break
        return found

    def quote(self, first: int, last: int) -> tuple[int, int, str]:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return start, end, self.raw[start:end]


_SPACED = late(r"\d[ '’]\d\d\d")


def tokenize(raw: str, vocabulary: Vocabulary) -> Text:
    """Take `raw` apart. Linear in its length; never raises."""
    shown = hide(fold(raw), raw)
    if _SPACED.search(shown):
        shown = thousands().sub(join, shown)
    tokens = tuple(_scan(shown, raw, vocabulary))
    return Text(raw=raw, shown=shown, tokens=tokens, hits=_names(tokens, vocabulary))


def _scan(shown: str, raw: str, vocabulary: Vocabulary) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    for chunk in _CHUNK.finditer(shown):
        _atoms(shown, raw, position, chunk.start(), tokens, vocabulary)
        position = _chunk(chunk, shown, raw, tokens, vocabulary)
    _atoms(shown, raw, position, len(shown), tokens, vocabulary)
    return tokens


def _chunk(chunk: re.Match[str], shown: str, raw: str, tokens: list[Token], vocabulary: Vocabulary) -> int:
    """Add the token or the tokens of one run without spaces; give back where it ended."""
    start, text = chunk.start(), chunk.group()
    body = text.rstrip(".-*_")
    kind = _kind(body) if len(body) > 2 and len(body) < 120 else None
    if kind is None:
        _atoms(shown, raw, start, chunk.end(), tokens, vocabulary)
        return chunk.end()
    lead = len(body) - len(body.lstrip("~/*_-"))
    begin, end = start + lead, start + len(body)
    written = shown[begin:end].replace("_", "-") if kind == "code" else shown[begin:end]
    tokens.append(Token(kind, begin, end, written, None, begin > 0 and not shown[begin - 1].isspace()))
    _atoms(shown, raw, end, chunk.end(), tokens, vocabulary)
    return chunk.end()


def _kind(body: str) -> str | None:
    bare = body.lstrip("~*_-")
    if "." in bare or bare.endswith("file"):
        ends = bare.endswith("file") or bare.rpartition(".")[2] in _ENDINGS
        if ends and _FILE.fullmatch(bare):
            return "file"
    elif bare.endswith("/") and _FOLDER.fullmatch(bare) and len(bare) > 3:
        return "folder"
    if not any(c.isdigit() for c in bare) and not bare.startswith("performance-"):
        return "address" if "@" in bare and _URL.fullmatch(bare) else None
    if not bare[0].isalpha():
        return None
    written = bare.replace("_", "-")
    if "-" in written and _CODE.fullmatch(written):
        return "code"
    return "machine" if _MACHINE.fullmatch(bare) else None


def _atoms(shown: str, raw: str, start: int, end: int, tokens: list[Token], vocabulary: Vocabulary) -> None:
    for kind, begin, stop in scan(shown, start, end):
        text = shown[begin:stop]
        tight = begin > 0 and not shown[begin - 1].isspace()
        if kind == "word":
            _word(raw, begin, stop, text, tight, tokens, vocabulary)
        elif kind == "number":
            tokens.append(Token("number", begin, stop, text, decimal_of(text), tight))
        elif text == "." or text in "!?;":
            tokens.append(_stop(shown, raw, begin, text, tight, tokens))
        else:
            tokens.append(Token(kind, begin, stop, text, None, tight))


def _stop(shown: str, raw: str, begin: int, text: str, tight: bool, tokens: list[Token]) -> Token:
    """`$100/mo. Savings plan` are two sentences, `max. 5` is one."""
    end = begin + len(text)
    ends = (
        text != "."
        or end >= len(shown)
        or (shown[end].isspace() and not _abbreviates(shown, raw, end, tokens))
        or shown[end] in "\")'"
    )
    return Token("stop" if ends else "symbol", begin, end, text, None, tight)


def _abbreviates(shown: str, raw: str, end: int, tokens: list[Token]) -> bool:
    """`max.`, `e.g.`, and the day in `ab 1. Mai`."""
    last = tokens[-1].text if tokens else ""
    if last in _ABBREVIATION:
        return not _capital_after(raw, end, last, tokens)
    dotted = len(tokens) > 2 and tokens[-2].text == "." and (tokens[-3].text, last) in _DOTTED
    following = shown[end : end + 12].split(maxsplit=1)
    return dotted or (last.isdigit() and bool(following) and following[0] in MONTHS)


_DOTTED = frozenset((("e", "g"), ("i", "e"), ("z", "b"), ("d", "h"), ("p", "ej"), ("u", "a")))


def _capital_after(raw: str, end: int, last: str, tokens: list[Token]) -> bool:
    """`for 5 min. Then` ends a sentence; the `min.` in front of a number does not."""
    closes = last in ("mo", "etc") or (last == "min" and len(tokens) > 1 and tokens[-2].kind == "number")
    return closes and raw[end : end + 8].lstrip()[:1].isupper()


_GLUED = late(r"(R(?=\d{3})|kr|KR|Kr|Rs|USD|EUR|GBP|CHF|SEK|NOK|DKK|INR|AUD|CAD|ZAR)(\d{2,})")
"""`R2500`, `USD300`: a currency tied to its number."""


def _word(
    raw: str, begin: int, end: int, text: str, tight: bool, tokens: list[Token], vocabulary: Vocabulary
) -> None:
    if text in NUMBER_WORDS and not text.isdigit():
        tokens.append(Token("word", begin, end, text, Decimal(NUMBER_WORDS[text]), tight))
        return
    written = raw[begin:end]
    glued = _GLUED.fullmatch(written)
    if glued is not None:
        code, number = glued.groups()
        at = begin + len(code)
        tokens.append(Token("word", begin, at, "zar" if code == "R" else code.lower(), None, tight))
        tokens.append(Token("number", at, end, number, decimal_of(number), True))
        return
    if _CAMEL.search(written) and text not in vocabulary.by_first:
        for piece in _pieces(written):
            tokens.append(
                Token("word", begin + piece[0], begin + piece[1], text[piece[0] : piece[1]], None, tight)
            )
            tight = False
    else:
        tokens.append(Token("word", begin, end, text, None, tight))


def _pieces(written: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.start() for m in _CAMEL.finditer(written)), len(written)]
    return list(itertools.pairwise(cuts))


def _names(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> dict[str, tuple[Hit, ...]]:
    found: dict[str, list[Hit]] = {}
    free: dict[str, int] = {}
    longest: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        if token.kind in ("word", "number", "symbol"):
            reach = _match_at(tokens, i, vocabulary, found, free)
            if reach > i + 1:
                longest.append((i, reach))
    _file_bare_no(tokens, found)
    _file_beginnings(tokens, found)
    return without_swallowed(found, longest)


def _file_beginnings(tokens: tuple[Token, ...], found: dict[str, list[Hit]]) -> None:
    later = [Hit("cue", "future", a, b) for a, b in beginnings(tokens)]
    if later:
        covered = {i for h in later for i in range(h.first, h.last)}
        rest = [h for h in found.get("cue.future", ()) if not covered & set(range(h.first, h.last))]
        found["cue.future"] = sorted([*rest, *later], key=_first_token)
        for key in ("cue.past", "cue.now"):
            found[key] = [h for h in found.get(key, ()) if not covered & set(range(h.first, h.last))]


_REFUSALS = words("no nope nah nein non")
_SIGNS_AROUND_NO = frozenset(",;.:–—-…?!(") | {"..", "..."}


def _file_bare_no(tokens: tuple[Token, ...], found: dict[str, list[Hit]]) -> None:
    """`Terraform - no, OpenTofu`: a `no` that stands between signs takes back what was said, and denies nothing."""
    bare = [i for i in range(1, len(tokens) - 1) if tokens[i].text in _REFUSALS and _stands_alone(tokens, i)]
    if not bare:
        return
    found["cue.neg"] = [h for h in found.get("cue.neg", ()) if h.first not in bare]
    corrections = [*found.get("cue.correction", ()), *(Hit("cue", "correction", i, i + 1) for i in bare)]
    found["cue.correction"] = sorted(corrections, key=lambda h: h.first)


def _stands_alone(tokens: tuple[Token, ...], i: int) -> bool:
    return tokens[i - 1].text in _SIGNS_AROUND_NO and tokens[i + 1].text in (
        ",",
        ".",
        "-",
        "–",
        "—",
        "…",
        "...",
    )


def _match_at(
    tokens: tuple[Token, ...],
    i: int,
    vocabulary: Vocabulary,
    found: dict[str, list[Hit]],
    free: dict[str, int],
) -> int:
    """Add the longest phrase of each domain that starts at token `i`; give back the furthest end."""
    word = tokens[i].text
    phrases = vocabulary.by_first.get(word)
    if word.endswith("'s"):
        phrases = (*(phrases or ()), *vocabulary.by_first.get(word[:-2], ())) or None
    if phrases is None and tokens[i].kind == "word" and len(word) >= 6:
        return _file_misspelt(word, i, vocabulary, found, free)
    reach = 0
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    joined = following in _JOINERS
    for phrase in phrases or ():
        if not joined and len(phrase[0]) > 1 and not following.startswith(phrase[0][1]):
            continue
        last = _extent(tokens, i, phrase)
        if last:
            reach = max(reach, last)
            _file(phrase, i, last, found, free)
    return reach


def _file_misspelt(
    word: str, i: int, vocabulary: Vocabulary, found: dict[str, list[Hit]], free: dict[str, int]
) -> int:
    """`cloudwtach`, `herokku`: one slip away from one name, and no form of it."""
    meant = None if word in PLAIN else slip_of(word, vocabulary)
    if meant is None:
        return 0
    for phrase in vocabulary.by_first[meant]:
        if phrase[0] == (meant,):
            _file((phrase[0], tuple(n for n in phrase[1] if n.domain in SPELT)), i, i + 1, found, free)
    return i + 1


def _file(phrase: Phrase, i: int, last: int, found: dict[str, list[Hit]], free: dict[str, int]) -> None:
    for name in phrase[1]:
        slot = f"cue.{name.key}" if name.domain == "cue" else name.domain
        hits = found.setdefault(slot, [])
        taken = free.get(slot, 0)
        if i >= taken or (hits and hits[-1].first == i and hits[-1].last == last):
            hits.append(Hit(name.domain, name.key, i, last, name.weak))
            free[slot] = last


_JOINERS = frozenset("-._/\\")


def _extent(tokens: tuple[Token, ...], i: int, phrase: Phrase) -> int:
    """End of `phrase` if it is written at token `i`, else 0. Words may be joined by - . _ / \\ or a space."""
    words = phrase[0]
    at = i
    for n, word in enumerate(words):
        if n:
            at += 1
            if (
                at < len(tokens)
                and tokens[at].text in _JOINERS
                and at + 1 < len(tokens)
                and tokens[at + 1].tight
            ):
                at += tokens[at].tight or tokens[at - 1].text in _ABBREVIATION
            elif at < len(tokens) and tokens[at].text == "." and tokens[at - 1].text in _ABBREVIATION:
                at += 1
        if at >= len(tokens) or not (tokens[at].text == word or tokens[at].text == word + "'s"):
            return 0
    return at + 1
