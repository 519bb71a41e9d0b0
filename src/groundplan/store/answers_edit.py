"""Change single keys of groundplan.toml and keep every other byte. Knows TOML text; touches no disk."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import msgspec

from groundplan.errors import StoreError
from groundplan.model.answer import Answer, Answers, Ignore, Project
from groundplan.model.application import AppAnswer
from groundplan.store.answers_file import LARGEST, PATH
from groundplan.store.toml_text import load

_HEADER = "# The answers that groundplan compiles. Edit freely; comments and other tables stay.\n"
_MARK = "\ufeff"
_ORDER = ("project", "app", "answers", "replies", "origins", "corrections", "assume", "facts", "ignore")


class Edit(msgspec.Struct, frozen=True):
    """Set `key` of `[table]`, or the whole of it where `key` is empty; None removes it."""

    table: str
    key: str
    value: Any  # Any: whatever a correction may hold


def answer_edits(key: str, answer: Answer | None) -> tuple[Edit, ...]:
    """The edits that store one answer: its text, its origin unless that is `file`, its replies if there are any."""
    if answer is None:
        return tuple(Edit(table, key, None) for table in ("answers", "origins", "replies"))
    return (
        Edit("answers", key, answer.text),
        Edit("origins", key, answer.origin if answer.origin != "file" else None),
        Edit("replies", key, list(answer.replies) or None),
    )


def project_edits(project: Project) -> tuple[Edit, ...]:
    return tuple(Edit("project", key, value) for key, value in msgspec.structs.asdict(project).items())


def app_edits(app: AppAnswer) -> tuple[Edit, ...]:
    """What is not stated is not written."""
    return tuple(
        Edit("app", key, list(value) if isinstance(value, tuple) else value)
        for key, value in msgspec.structs.asdict(app).items()
    )


def ignore_edits(ignores: tuple[Ignore, ...]) -> tuple[Edit, ...]:
    """The edit that makes these all the ignores there are; rows that stay keep their comments."""
    rows = [{k: v for k, v in msgspec.structs.asdict(i).items() if v is not None} for i in ignores]
    return (Edit("ignore", "", rows or None),)


def all_edits(answers: Answers, stored: Answers | None = None) -> tuple[Edit, ...]:
    """The edits that store a whole set: what `stored` has and `answers` has not is removed."""
    before = stored or Answers(project=answers.project)
    gone = tuple(
        edit for key in before.answers if key not in answers.answers for edit in answer_edits(key, None)
    )
    given = tuple(edit for key, answer in answers.answers.items() for edit in answer_edits(key, answer))
    fields = before.corrections | answers.corrections
    corrected = tuple(Edit("corrections", field, answers.corrections.get(field)) for field in fields)
    ignored = () if answers.ignores == before.ignores else ignore_edits(answers.ignores)
    assumed = _assume_edits(answers, before)
    kept = (*project_edits(answers.project), *app_edits(answers.app))
    return (*kept, *gone, *given, *corrected, *assumed, *ignored)


def _assume_edits(answers: Answers, before: Answers) -> tuple[Edit, ...]:
    """What is assumed now and was not before; a person takes figures out of the file by hand."""
    new = {k: v for k, v in answers.assume.items() if before.assume.get(k) != v}
    return tuple(
        Edit("assume", k, v.expected if v.floor == v.ceiling else [v.floor, v.expected, v.ceiling])
        for k, v in new.items()
    )


def edited(text: str | None, edits: tuple[Edit, ...], name: str = "app") -> str:
    """Return the text after `edits`; a new file, whose project is called `name`, where there is no text.

    StoreError where the text is no TOML (GP910), would grow past its limit (GP912), or is arranged so that the
    edit would change something else (GP937).
    """
    if text is None:
        named = any(e.table == "project" and e.key == "name" for e in edits)
        edits = edits if named else (Edit("project", "name", name), *edits)
    if text is not None and text.startswith(_MARK):
        return _MARK + edited(text.removeprefix(_MARK), edits, name)
    before = _loaded(text) if text is not None else {}
    wanted = _after(before, edits)
    if text is not None and wanted == before:
        return text
    after = _created(edits) if text is None else _changed(text, edits)
    if len(after.encode("utf-8")) > LARGEST:
        raise StoreError(
            "GP912", f"`{PATH}` would be larger than {LARGEST // 1024} KiB", "shorten the answer"
        )
    if _filled(load(after, PATH)[0]) != _filled(wanted):
        fix = "write each table once, in the form `[answers]` with one key a line, then run again"
        raise StoreError("GP937", f"`{PATH}` is arranged in a way that this edit cannot keep", fix)
    return after


def text_of(content: bytes) -> str:
    """Decode the file that is to be edited; a byte order mark stays. StoreError GP911 where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        fix = "save the file as UTF-8; it was left as it is"
        raise StoreError("GP911", f"`{PATH}` is not UTF-8", fix) from error


def _loaded(text: str) -> dict[str, Any]:
    document, problem = load(text, PATH)
    if problem is not None:
        where = f", line {problem.where.line}" if problem.where and problem.where.line else ""
        raise StoreError(
            problem.code, problem.message + where, "correct that line, then run again; it was left as it is"
        )
    return document or {}


def _after(before: dict[str, Any], edits: tuple[Edit, ...]) -> dict[str, Any]:
    """The document that the edits mean, as plain values."""
    document = {key: _copied(value) for key, value in before.items()}
    for edit in edits:
        rows = [] if edit.key else before.get(edit.table, [])
        value = edit.value if not rows or edit.value is None else [_same_row(r, rows) for r in edit.value]
        _set(document, _place(document, edit), value)
    return document


def _same_row(row: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row as it is in the file, where a date may be a date and not a text."""
    return next((there for there in rows if _plain(there) == _plain(row)), row)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}


def _filled(value: Any) -> Any:  # Any: TOML values
    """Without empty tables: an edit may leave the header of one behind, with its comments."""
    if not isinstance(value, dict):
        return value
    return {key: inner for key, given in value.items() if (inner := _filled(given)) != {}}


def _copied(value: Any) -> Any:  # Any: TOML values
    return {k: _copied(v) for k, v in value.items()} if isinstance(value, dict) else value


def _place(document: dict[str, Any], edit: Edit) -> tuple[str, ...]:
    """Where the key is kept: a correction may be nested by hand, `[corrections.scaling] max_instances`."""
    table = document.get(edit.table, {})
    if not edit.key:
        return (edit.table,)
    if edit.table != "corrections" or edit.key in table:
        return edit.table, edit.key
    steps = edit.key.split(".")
    for depth, step in enumerate(steps):
        if step not in table:
            return (edit.table, edit.key) if depth < len(steps) - 1 or depth == 0 else (edit.table, *steps)
        table = table[step] if isinstance(table[step], dict) else {}
    return edit.table, *steps


def _set(
    document: Any, place: tuple[str, ...], value: Any
) -> None:  # Any: a plain dict, or tomlkit's own kind
    for step in place[:-1]:
        if step not in document:
            if value is None:
                return
            document[step] = {}
        document = document[step]
    if value is not None:
        document[place[-1]] = value
    elif place[-1] in document:
        del document[place[-1]]


def _created(edits: tuple[Edit, ...]) -> str:
    tables: dict[str, list[str]] = {}
    for edit in edits:
        if edit.key and edit.value is not None:
            tables.setdefault(edit.table, []).append(_line(edit.key, edit.value))
    blocks = [f"[{name}]\n{''.join(tables[name])}" for name in _ORDER if name in tables]
    blocks += [_lists(edit) for edit in edits if not edit.key and edit.value]
    return _HEADER + "\n".join(blocks)


def _lists(edit: Edit) -> str:
    return "\n".join(
        f"[[{edit.table}]]\n{''.join(_line(key, value) for key, value in row.items())}" for row in edit.value
    )


def _line(key: str, value: Any) -> str:  # Any: whatever a correction may hold
    return f"{_key(key)} = {_value(value)}\n"


def _changed(text: str, edits: tuple[Edit, ...]) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    for edit in edits:
        if not edit.key and edit.value and _kept_rows(document, edit):
            continue
        if edit.table not in document and edit.value is not None:
            if document.body and not document.as_string().endswith("\n\n"):
                document.add(tomlkit.nl())
            document[edit.table] = tomlkit.table()
        _set(document, _place(document, edit), None if edit.value is None else _item(edit))
    after = tomlkit.dumps(document)
    return re.sub(r"(?<!\r)\n", "\r\n", after) if "\r\n" in text else after


def _kept_rows(document: Any, edit: Edit) -> bool:  # Any: tomlkit's document
    """Change only the rows that come and go, so that comments in the others stay; False where that cannot be."""
    import tomlkit

    rows = document.get(edit.table)
    if not hasattr(rows, "append") or not hasattr(rows, "body"):
        return False
    wanted = [_plain(row) for row in edit.value]
    kept = [plain for row in rows if (plain := _plain(row.unwrap())) in wanted]
    new = [row for row in wanted if row not in kept]
    if kept + new != wanted:
        return False
    for at in reversed(range(len(rows))):
        if _plain(rows[at].unwrap()) not in wanted:
            del rows[at]
    for item in _item(Edit(edit.table, "", new)) if new else ():
        if list(document)[-1] != edit.table:
            item.add(tomlkit.nl())
        rows.append(item)
    return True


def _item(edit: Edit) -> Any:  # Any: one of tomlkit's kinds
    import tomlkit

    return (
        tomlkit.parse(f"x = {_value(edit.value)}\n")["x"]
        if edit.key
        else tomlkit.parse(_lists(edit))[edit.table]
    )


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _text(key)


def _value(value: Any) -> str:  # Any: whatever a correction may hold
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())}}}"
    if isinstance(value, int) or (isinstance(value, float | Decimal) and Decimal(value).is_finite()):
        return str(value)
    raise StoreError(
        "GP914", f"`{value!r}` cannot be kept in `{PATH}`", "use text, a number, true, false or a list"
    )


def _text(text: str) -> str:
    """A TOML basic string: the escapes of JSON, and that of the delete character."""
    try:
        return msgspec.json.encode(text).decode("utf-8").replace("\x7f", "\\u007f")
    except UnicodeEncodeError as error:
        raise StoreError(
            "GP911", "the text holds bytes that are not UTF-8", "type it again as UTF-8"
        ) from error
