"""What the application's own files leave open, as diagnostics. Knows the wording; reads no file."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.answer import Answers
from groundplan.model.application import Conflict, Remark, Sign, Source, command_text
from groundplan.model.diagnostic import Diagnostic, Fix, Severity, Where

NAMES = {"image": "image", "port": "port", "health_path": "health path", "command": "command"}
_WHY = {
    "port": "requests and health checks go to the one port; on the other the service never becomes healthy",
    "health_path": "instances whose health path does not answer are replaced again and again",
    "command": "the code starts one of the two",
    "image": "the code runs one of the two",
}


def findings(answers: Answers) -> tuple[Diagnostic, ...]:
    """Contradictions, what a statement overrides, and what was not used, in that order."""
    return (
        *_conflicts(answers),
        *_overridden(answers),
        *(_remark(one) for one in answers.detected.remarks),
    )


def _conflicts(answers: Answers) -> Iterator[Diagnostic]:
    for conflict in answers.detected.conflicts:
        if getattr(answers.app, conflict.used.field) is None:
            yield _conflict(conflict)


def _conflict(conflict: Conflict) -> Diagnostic:
    used, other = conflict.used, conflict.other
    field = used.field
    text = (
        f"the {NAMES[field]} is `{shown(used)}` in {used.source} (`{used.source.words}`) and `{shown(other)}` in "
        f"{other.source} (`{other.source.words}`); `{shown(used)}` is used"
    )
    severity: Severity = "note" if field == "command" else "warning"
    fix = f"make them agree, or groundplan change app.{field} {_typed(other)}"
    return _made("GP151", "app-files-disagree", severity, text, _WHY[field], used.source, fix)


def _overridden(answers: Answers) -> Iterator[Diagnostic]:
    for field, name in NAMES.items():
        sign, stated = answers.detected.sign(field), getattr(answers.app, field)
        if sign is None or sign.weak or stated is None or stated == sign.value:
            continue
        text = f"groundplan.toml sets the {name} to `{_text(stated)}`, and {sign.source} says `{shown(sign)}`"
        fix = f"groundplan change app.{field} --forget, where the file is right"
        why = "the code follows groundplan.toml"
        yield _made("GP154", "app-file-overridden", "note", text, why, sign.source, fix)


_KINDS: dict[str, tuple[str, str, Severity, str, str, str]] = {
    "unread": (
        "GP152", "app-file-not-read", "warning", "`{path}` was not read: it {message}",
        "what it says of the application is missing, and defaults stand in for it",
        "mend the file, or groundplan change app.port 3000",
    ),
    "unplanned": (
        "GP153", "app-process-not-planned", "note", "{place} names {message}, which the plan does not hold",
        "only the process that answers requests is deployed, scaled and priced",
        "run it beside the generated code, or leave it out",
    ),
    "unused": (
        "GP155", "app-line-not-used", "note", "{message} ({place}), so it was not used",
        "a default or another file stands in for it",
        "state the value: groundplan change app.port 3000",
    ),
}  # fmt: skip


def _remark(remark: Remark) -> Diagnostic:
    code, name, severity, message, why, fix = _KINDS[remark.kind]
    text = message.format(path=remark.source.path, place=remark.source, message=remark.message)
    return _made(code, name, severity, text, why, remark.source, fix)


def _made(
    code: str, name: str, severity: Severity, message: str, why: str, at: Source, fix: str
) -> Diagnostic:
    where = Where(path=at.path, line=at.line)
    return Diagnostic(
        code=code, name=name, severity=severity, message=message, why=why, where=where, fix=Fix(text=fix)
    )


def shown(sign: Sign) -> str:
    return _text(sign.value)


def _text(value: object) -> str:
    text = command_text(value) if isinstance(value, tuple) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _typed(sign: Sign) -> str:
    """The value as a shell takes it."""
    from shlex import quote

    return quote(command_text(sign.value) if isinstance(sign.value, tuple) else str(sign.value))
