"""Values as words of a POSIX shell. Knows quoting; a `Var` is a shell variable that an earlier command set."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from groundplan.model.graph import Join, Value, Var


def word(value: Value) -> str:
    """One word: literals in quotes where they need them, variables in double quotes."""
    if isinstance(value, Join):
        return "".join(word(part) for part in value.parts)
    if isinstance(value, Var):
        return f'"${value.name}"'
    return shlex.quote(f"{value}")


def document(value: Value, indent: int | None = None) -> str:
    """A JSON document as one word; variables in it become part of its strings and must hold no quotes."""
    out: list[str] = []
    literal = ""
    for part in _json(value, indent, 0):
        if isinstance(part, Var):
            out += [shlex.quote(literal)] if literal else []
            out.append(f'"${part.name}"')
            literal = ""
        else:
            literal += part
    return "".join([*out, shlex.quote(literal)])


def _json(value: Value, indent: int | None, depth: int) -> Iterator[str | Var]:
    match value:
        case dict():
            pairs = [(f"{json.dumps(k)}: ", v) for k, v in value.items()]
            yield from _group("{}", pairs, indent, depth)
        case tuple():
            yield from _group("[]", [("", v) for v in value], indent, depth)
        case Var() | Join():
            yield '"'
            for part in value.parts if isinstance(value, Join) else (value,):
                yield part if isinstance(part, Var) else json.dumps(f"{part}", ensure_ascii=False)[1:-1]
            yield '"'
        case str():
            yield json.dumps(value, ensure_ascii=False)
        case bool() | None:
            yield json.dumps(value)
        case _:
            yield f"{value:f}" if not isinstance(value, int) else f"{value}"


def _group(marks: str, pairs: list[tuple[str, Value]], indent: int | None, depth: int) -> Iterator[str | Var]:
    gap = "" if indent is None else "\n" + " " * indent * (depth + 1)
    yield marks[0]
    for index, (head, item) in enumerate(pairs):
        yield (("," if indent is not None else ", ") if index else "") + gap + head
        yield from _json(item, indent, depth + 1)
    yield ("" if indent is None or not pairs else "\n" + " " * indent * depth) + marks[1]
