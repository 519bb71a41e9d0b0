"""What holds for every text: readers never raise, spans are the words they say, nothing informative is passed over."""

import json
import re
import time
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundplan.facts import vocabulary
from groundplan.model.infrastructure import Facts
from groundplan.readers import readers
from groundplan.readers._notes import Notes, informative
from groundplan.readers._quantities import quantities

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
@example("ALEXANDRIA?")
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
    started = time.process_time()  # a wall clock would count what else the machine does
    reading = readers()[question].read(None, text, catalogue)
    assert time.process_time() - started < 1.0
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
    """Of this process, so that what else the machine does is not counted."""
    started = time.process_time()
    readers()[question].read(None, text, catalogue)
    return time.process_time() - started


USES = {
    "memory": ("memory_mb", "alert_triggers"),
    "cpu": ("cpu",),
    "percent": ("triggers", "alert_triggers", "alert_threshold_percent", "further_percents"),
    "money": ("amount", "currency", "alert_threshold_amount", "further_amounts"),
    "rate": ("triggers", "alert_triggers"),
    "duration": (
        "triggers",
        "alert_triggers",
        "log_days",
        "schedule",
        "optimisations",
        "max_instances",
        "min_instances",
    ),
}
"""Kind of a number -> fields that it can be the value of."""
PARTS = st.sampled_from(
    [
        "2-10 pods", "500m cpu", "512Mi", "cpu 250m / memory 256Mi", "HPA at 70%", "1 vCPU and 2 GB each", "cpu > 80%",
        "memory over 75 percent", "p95 > 300 ms", "up to 4", "min 2", "autoscale on CPU", "more than 200 rps",
        "above 100 concurrent requests", "3 machines", "2 GB RAM", "between 08:00 and 18:00", "for 5m", "$100/month",
        "200 EUR", "alert at 80%", "alert at 150", "error rate > 2%", "latency above 1.5 s", "disk 85%", "Slack",
        "e-mail when it is down", "warning 70% critical 90%", "currently $40", "queue depth > 50", "standard-2x",
    ]
)  # fmt: skip
LABELLED = [
    json.loads(line)
    for path in sorted(Path(__file__).parent.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("question", TYPED)
@settings(max_examples=300, deadline=None)
@given(
    parts=st.lists(PARTS, min_size=1, max_size=6), sign=st.sampled_from([", ", "; ", " and ", " ", "\n- "])
)
def test_a_number_with_a_unit_is_never_inside_a_field_that_did_not_use_it(question, parts, sign) -> None:
    assert not swallowed(question, sign.join(parts))


def test_no_answer_of_the_project_has_a_number_swallowed() -> None:
    answers = [c for c in LABELLED if c["question"] in TYPED]
    assert not [found for c in answers if (found := swallowed(c["question"], c["text"]))]


def swallowed(question: str, text: str) -> list[str]:
    """Numbers with a unit inside a span of a field that they are not the value of, and that nothing else shows."""
    reading = readers()[question].read(None, text, NOTHING)
    notes = Notes(reading.text)
    found = []
    for q in quantities(notes.text):
        start, end, quote = notes.text.quote(q.first, q.last)
        over = [s for s in reading.spans if s.start < end and start < s.end]
        told = any(r.start <= start and end <= r.end for r in reading.remarks)
        asked = any(quote in f.text for f in reading.follow_ups)
        if q.kind in USES and over and not (told or asked or _consumed(q, over, reading, start, end)):
            found.append(f"{quote} in {[(s.field, s.text) for s in over]}")
    return found


def _consumed(q, over, reading, start: int, end: int) -> bool:
    """A span of a fitting field holds it, and its number is a value, or the span is of this number alone."""
    plain = json.dumps(msgspec.to_builtins(reading.value))
    numbers = {Decimal(n).normalize() for n in re.findall(r"\d+(?:\.\d+)?(?:E[+-]?\d+)?", plain)}
    valued = bool({q.low.normalize(), q.high.normalize()} & numbers)
    fitting = [s for s in over if s.field.split(".")[0] in USES[q.kind]]
    return any(valued or (s.start >= start and s.end <= end) or s.field in reading.unclear for s in fitting)
