"""What the interview says around each step: labels, help, reasons, names to complete. Knows no state."""

from __future__ import annotations

from typing import assert_never

from groundplan.ask import Ask, Clarify, Deepen, Level, Review, Step, Suggestion
from groundplan.cli.terminal import Terminal
from groundplan.cli.views import asking
from groundplan.model.question import Question

TOLD = {
    "empty": "An answer is needed here; `default` takes the recommended one.",
    "first": "This is the first question.",
    "number": "There is no option {}; type one of the numbers, or your own words.",
    "level": "`{}` is no level; type a number or a name.",
    "review": "Type `write`, `change 3`, `diff`, `files`, or `save and leave`.",
}

REVIEW_HELP = """\
  write             writes documents and code     diff              shows every changed line
  change 3          asks question 3 again         files             lists what would be written
  save and leave    stops here, nothing is lost   back              the last question"""


def why(step: Step, device: Terminal, offer: Suggestion | None) -> str:
    match step:
        case Ask() | Clarify():
            text = asking.why(step.question, device)
            return f"{text}\n  default because {offer.reason}" if offer else text
        case Deepen():
            return asking.why_topic(step.topic, device)
        case Level():
            return "  The level decides how many questions are asked, and how deep they go."
        case Review():
            return "  Nothing is written before you say so; `diff` shows every line first."
    assert_never(step)


def label(step: Step) -> str:
    match step:
        case Level():
            return "Quality level: "
        case Ask():
            keep = " [Enter keeps it]" if step.before else ""
            return f"{_blank(step.question)}{keep}: "
        case Clarify():
            return "     > "
        case Deepen():
            return f"{step.topic.label}: "
        case Review():
            return "Write it? [write / change N / diff / save] "
    assert_never(step)


def _blank(question: Question) -> str:
    return question.blanks[0] if question.blanks else question.title


def names(step: Step) -> tuple[str, ...]:
    return tuple(option.name for option in step.question.options) if isinstance(step, Ask) else ()


def catalogue() -> tuple[str, ...]:
    """Names worth completing: platforms, services, cities and region codes."""
    from groundplan import facts
    from groundplan.platforms import platforms
    from groundplan.services import services

    regions = (r for rows in facts.load().regions.values() for r in rows.values())
    places = {name for r in regions for name in (r.city, r.code)}
    steering = ("back", "why", "default", "don't know", "save and leave")
    listed = {p.name for p in platforms().values()} | {s.name for s in services().values()} | places
    return (*steering, *sorted(listed))
