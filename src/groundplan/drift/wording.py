"""Turn a field of a document back into words that answer its question. Knows labels and our own phrasing only."""

from __future__ import annotations

import re

from groundplan.model.question import Phase, Question

_WHOLE = {
    ("codebase_infrastructure", "Provider"): "hosting",
    ("codebase_infrastructure", "Regions/Zones"): "regions",
    ("codebase_infrastructure", "Scaling"): "scaling",
    ("codebase_infrastructure", "Cost"): "budget",
    ("codebase_infrastructure", "Infrastructure as Code"): "iac",
}
"""Fields that say all that their question asks: the text can stand as an answer."""
_PART = {
    ("codebase_infrastructure", "Monitoring"): "monitoring",
    ("codebase_infrastructure", "Alerting"): "monitoring",
    ("technical_scaling", "Scaling strategy"): "scaling",
    ("technical_scaling", "Instance size"): "scaling",
    ("technical_scaling", "Capacity"): "scaling",
    ("technical_scaling", "Scaling triggers"): "scaling",
    ("technical_observability", "Monitoring"): "monitoring",
    ("technical_observability", "Alert routes"): "monitoring",
    ("technical_configuration", "IaC approach"): "iac",
    ("options_hosting", "Selection"): "hosting",
}
"""Fields that say a part: only single fields of the answer can be taken from them."""


def question_of(phase: Phase, section: str, label: str) -> tuple[Question | None, bool]:
    """The question that a field answers, and whether it answers the whole of it; None for what is computed."""
    place = (section, label)
    key = _WHOLE.get(place) or _PART.get(place)
    if key is not None:
        return phase.question(key), place in _WHOLE
    return next((q for q in phase.questions if q.title == label), None), True


def answer_words(question: str, text: str) -> str:
    """The text of a field as a person would answer: one line, without markup and without what was computed."""
    plain = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    plain = re.sub(r"\\([\\`*_{}\[\]<>|~#+.()-])", r"\1", plain).replace("&amp;", "&")
    plain = re.sub(r"`([^`]*)`", r"\1", plain)
    plain = "; ".join(line.strip() for line in plain.split("\n") if line.strip())
    return " ".join(_WORDS.get(question, _same)(plain).split()).strip(" ;")


def _same(text: str) -> str:
    return text


def _regions(text: str) -> str:
    """`iad (Ashburn, Virginia, United States)` is one place: its code."""
    text = re.sub(r"\b([a-z][a-z0-9-]+) \([^()]*\)", r"\1", text)
    text = re.sub(r"\b\d+ regions(?:, the first is the primary)?: ", "", text)
    text = re.sub(
        r"([\w-]+) (?:is|are) to take over when ([\w-]+) is lost", r"fails over from \2 to \1", text
    )
    return re.sub(r"\bUsers: ", "users in ", text)


def _scaling(text: str) -> str:
    """Counts, then what each instance holds; its vendor's name, `(fargate-512-1024)`, is computed from that."""
    text = re.sub(r"\binstances of [a-z]+[\w.]*-[\w.-]*,", "instances,", text)
    text = re.sub(r"\b(instances?)( over \d+ regions)? of (?=\d)", r"\1\2, ", text).replace(" ,", ",")
    text = re.sub(r" \([a-z][a-z0-9.-]*\)", "", text)
    return re.sub(r"\b(\d+) at the start\b", r"start with \1", text)


def _monitoring(text: str) -> str:
    return re.sub(r"\bchecked from outside by (\w+)", r"uptime by \1", text)


def _budget(text: str) -> str:
    """The estimate and the verdict follow from the answers."""
    text = re.split(r";\s*(?:\d+ prices? (?:is|are) not known|estimate\b)", text)[0]
    return re.sub(r"\b(\d[\d,]*)\.00 ", r"\1 ", text)


def _hosting(text: str) -> str:
    """`Managed Postgres (basic)` is Fly.io's; its plan is computed."""
    return re.sub(r"\bManaged Postgres(?! on\b)(?: \([\w.-]*\))?", "Fly Managed Postgres", text)


_WORDS = {
    "hosting": _hosting,
    "regions": _regions,
    "scaling": _scaling,
    "monitoring": _monitoring,
    "budget": _budget,
}
