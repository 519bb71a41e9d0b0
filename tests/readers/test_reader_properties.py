"""What holds for every text: readers never raise, spans are the words they say, nothing informative is passed over."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundplan.facts import vocabulary
from groundplan.model.infrastructure import Facts
from groundplan.readers import readers
from groundplan.readers._notes import Notes, informative

TYPED = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")
NOTHING = Facts(as_of="", sources={}, regions={}, skus={}, prices={}, claims={})
PHRASES = sorted(" ".join(words) for phrases in vocabulary.load().by_first.values() for words, _ in phrases)
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(
        [
            "2",
            "10",
            "80%",
            "$100",
            "1.5GB",
            "512MB",
            "us-east-1",
            "eu-west-9",
            "main.tf",
            "infra/",
            ",",
            ".",
            ";",
            "(",
            ")",
            "-",
            "→",
            ">",
            "<",
            "/",
            "+",
            "|",
            "?",
            "\n",
        ]
    ),
    st.integers(0, 10_000).map(str),
    st.text(max_size=8),
)
ANSWERS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join))


@pytest.mark.parametrize("question", (*TYPED, "choice", "text"))
@settings(max_examples=400, deadline=None)
@given(text=ANSWERS)
def test_any_text_has_a_reading_and_spans_point_at_their_words(question, text) -> None:
    reading = readers()[question].read(None, text, NOTHING)
    assert reading.status in ("ok", "unclear", "unknown", "default")
    assert len(reading.follow_ups) <= 2
    for span in reading.spans:
        assert reading.text[span.start : span.end] == span.text != ""
    for remark in reading.remarks:
        assert reading.text[remark.start : remark.end] == remark.quote


@pytest.mark.parametrize("question", TYPED)
@settings(max_examples=400, deadline=None)
@given(text=ANSWERS)
@example("aws:awsSAM")
@example("azure:azureVIRTUAL MACHINE")
@example("MSK 0")
@example("AB 2026ANRUF")
@example("MANAGEDKUBERNETES")
@example("0$0$0$$1")
def test_every_informative_word_became_a_field_or_a_remark_or_a_cue(question, text) -> None:
    reading = readers()[question].read(None, text, NOTHING)
    notes = Notes(reading.text)
    told = [(s.start, s.end) for s in reading.spans] + [(r.start, r.end) for r in reading.remarks]
    asked = " ".join(f.text for f in reading.follow_ups)
    for domain, first, last in informative(notes.text):
        start, end, quote = notes.text.quote(first, last)
        if domain not in ("number", "platform", "service", "tool", "iac", "code", "file"):
            continue
        covered = any(a < end and start < b for a, b in told) or quote in asked
        repeated = any(quote.lower() in reading.text[a:b].lower() for a, b in told) or _same_name(
            notes, first, reading
        )
        assert covered or repeated, (domain, quote)


def _same_name(notes: Notes, first: int, reading) -> bool:
    """A name that is said twice is reported once."""
    keys = {h.key for hits in notes.text.hits.values() for h in hits if h.first <= first < h.last}
    shown = {
        h.key
        for hits in notes.text.hits.values()
        for h in hits
        for s in reading.spans
        if _within(notes, h, s)
    }
    return bool(keys & shown)


def _within(notes: Notes, hit, span) -> bool:
    start, end, _ = notes.text.quote(hit.first, hit.last)
    return span.start <= start and end <= span.end


HOSTILE = (
    "", "   \t\r\n", "\x00", "\x00\x01\x02\x1b[31m", "\u202eelbatcider\u202c", "\ufeff", "🌍" * 50, "{{7*7}}", "${jndi:ldap://x/a}",
    "<script>alert('aws')</script>", "'; DROP TABLE plans; --", "a" * 100_000, "(" * 5000, "1" * 5000, "-" * 5000, "$" * 3000,
    "1,000" * 2000, "<!-- " * 500, "~~a" * 800, "9" * 40 + "e" + "9" * 9, "NaN", "∞", "½", "١٢٣",
)  # fmt: skip


@pytest.mark.parametrize("question", TYPED)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_unclear_and_quick(question, text, catalogue) -> None:
    started = time.perf_counter()
    reading = readers()[question].read(None, text, catalogue)
    assert time.perf_counter() - started < 1.0
    assert reading.status == "unclear"


@pytest.mark.parametrize("question", TYPED)
@pytest.mark.parametrize(
    "text", ("no " * 3000, "x2" * 3000, "2x" * 3000, "is not " * 2000, "aws or " * 2000, "fly, " * 2000)
)
def test_endless_repetition_is_read_in_time(question, text, catalogue) -> None:
    assert _seconds(question, text, catalogue) < 2.0


@pytest.mark.parametrize("question", TYPED)
def test_ten_kilobytes_take_no_longer_than_a_blink(question, catalogue) -> None:
    sentence = "We run 2 to 6 instances on Fly.io in Frankfurt, Sentry and Slack, $100/month, no Kubernetes; "
    text = (sentence * 120)[:10_000]
    readers()[question].read(None, text, catalogue)
    best = min(_seconds(question, text, catalogue) for _ in range(7))
    assert best < 0.08, "35 ms where nothing else runs"


def _seconds(question, text, catalogue) -> float:
    started = time.perf_counter()
    readers()[question].read(None, text, catalogue)
    return time.perf_counter() - started
