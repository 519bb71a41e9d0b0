"""One question on the screen: title, context, options, example, the recommended default. Knows layout only."""

from __future__ import annotations

from groundplan.ask import Clarify, Deepen, Suggestion, Topic
from groundplan.ask.depth import QUALITIES
from groundplan.cli.terminal import Terminal, safe, wrap
from groundplan.cli.views.echo import asking as follow_up_lines
from groundplan.model.answer import Answer
from groundplan.model.question import Option, Question

HELP = """\
  a number          takes that option          default           takes the recommended answer
  any words         are your answer            don't know        takes it too, marked to be confirmed
  why               what depends on this       back              the question before
  Enter             the default, or keeps it   save and leave    stop here; resume at any time"""


def question(
    asked: Question, device: Terminal, offer: Suggestion | None, before: Answer | None, place: tuple[int, int]
) -> str:
    head = device.paint(f"{asked.number}. {asked.title}", "bold")
    lines = ["", _rule(head, f"{asked.number}. {asked.title}", f"{place[0]} of {place[1]}", device)]
    lines += _paragraph(asked.context, device, dim=True) if asked.context else []
    lines += ["", *_paragraph(asked.prompt, device)]
    lines += _options(asked.options, device)
    lines += [f"  - {line}" for item in asked.considerations for line in wrap(item, device.width - 6, "    ")]
    if asked.examples:
        lines += ["", *_labelled("for example", asked.examples[0], device)]
    if before:
        lines += ["", *_labelled("you said", before.text, device)]
    elif offer:
        lines += [
            "",
            *_labelled("default", offer.text, device),
            *_labelled("", f"because {offer.reason}", device),
        ]
    return "\n".join(lines)


def _rule(head: str, bare: str, place: str, device: Terminal) -> str:
    fill = device.sign("─", "-") * max(device.width - len(bare) - len(place) - 4, 3)
    return f"{head} {device.paint(fill, 'dim')} {place}"


def _paragraph(text: str, device: Terminal, dim: bool = False) -> list[str]:
    return [device.paint(line, "dim" if dim else "") for line in wrap(text, device.width)]


def _options(options: tuple[Option, ...], device: Terminal) -> list[str]:
    if not options:
        return []
    size = min(max(len(option.name) for option in options), 24) + 2
    lines, group = [""], ""
    for i, option in enumerate(options, 1):
        if option.group and option.group != group:
            group = option.group
            lines.append(f"  {safe(group)}")
        note = wrap(option.note, max(device.width - size - 8, 20))
        name = safe(option.name)
        lines.append(f"  {device.paint(f'{i:>2})', 'cyan')} {name:<{size}}{note[0]}".rstrip())
        lines += [" " * (size + 6) + line for line in note[1:]]
    return lines


def _labelled(label: str, text: str, device: Terminal) -> list[str]:
    first, *rest = wrap(text, device.width - 15)
    return [f"  {device.paint(f'{label:<12}', 'dim')} {first}", *(" " * 15 + line for line in rest)]


def why(asked: Question, device: Terminal) -> str:
    """What a question is for: who must answer it, what to weigh, and what is filled with the answer."""
    fills = "; ".join(f"{fill.document} ({fill.section})" for fill in asked.fills)
    lines = _labelled("asked of", asked.requirement or "everyone", device)
    lines += _labelled("because", asked.context, device) if asked.context else []
    for item in asked.considerations:
        lines += _labelled("weigh", item, device)
    lines += _labelled("it fills", fills, device) if fills else []
    for example in asked.examples:
        lines += _labelled("for example", example, device)
    return "\n".join(lines)


def why_topic(topic: Topic, device: Terminal) -> str:
    return "\n".join(_labelled("because", topic.reason, device) + _labelled("default", topic.default, device))


def clarify(step: Clarify, device: Terminal) -> str:
    lines = follow_up_lines(step.follow_up, device)
    return "\n".join([*lines, device.paint("     Enter leaves it open; it is marked to be confirmed", "dim")])


def deepen(step: Deepen, device: Terminal) -> str:
    head = device.paint(step.topic.label, "bold")
    lines = ["", f"{head}, because this project is secure", *_paragraph(step.topic.text, device)]
    return "\n".join([*lines, *_labelled("default", step.topic.default, device)])


def levels(device: Terminal) -> str:
    lines = ["", device.paint("How much depends on this application?", "bold"), ""]
    for i, (name, meaning) in enumerate(QUALITIES, 1):
        lines.append(f"  {device.paint(f'{i:>2})', 'cyan')} {name:<14}{meaning}")
    return "\n".join([*lines, "", *_labelled("default", "production", device)])
