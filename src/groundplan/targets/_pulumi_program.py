"""One value or resource of the graph as a Python expression. Knows Pulumi's arguments and outputs."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec

from groundplan.model.graph import Base64, Block, Graph, Join, Json, Ref, Resource, Value, Var, Variable
from groundplan.syntax.python_source import Call, Expression, Name
from groundplan.targets import _pulumi_names as table

Key = tuple[str, str]


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What the program has called things so far."""

    resources: dict[Key, str]
    """Kind and name -> Python name."""
    numbers: frozenset[str]
    """Configuration values that are no text."""
    sums: frozenset[str]
    """Numbers that may have decimals: Pulumi's configuration has no type for them, so they are read as text."""
    secrets: frozenset[str]
    """Configuration values that are outputs, because they are secret."""


def scope(graph: Graph) -> Scope:
    """Name every resource after its kind and its name, without what all of them share."""
    taken = {v.name for v in graph.variables} | {"aws", "config", "json", "pulumi", "provider"}
    resources: dict[Key, str] = {}
    for resource in graph.resources:
        stem = resource.kind.removeprefix("aws_").removeprefix("vpc_security_group_")
        short = re.sub(r"^main_?", "", resource.name)
        wanted = re.sub(r"\W", "_", f"{stem}_{short}" if short else stem)
        while wanted in taken or keyword.iskeyword(wanted):
            wanted += "_resource"
        taken.add(wanted)
        resources[(resource.kind, resource.name)] = wanted
    return Scope(
        resources=resources,
        numbers=frozenset(v.name for v in graph.variables if v.kind in ("number", "bool") and not is_sum(v)),
        sums=frozenset(v.name for v in graph.variables if is_sum(v)),
        secrets=frozenset(v.name for v in graph.variables if v.sensitive),
    )


def is_sum(variable: Variable) -> bool:
    return variable.kind == "number" and not isinstance(variable.default, int)


def ordered(resources: tuple[Resource, ...], rank: Callable[[Resource], int]) -> tuple[Resource, ...]:
    """Each resource behind those that it reads; the lowest rank first as far as that allows, then the graph's order."""
    waiting = {(r.kind, r.name): r for r in resources}
    needs = {key: _needs(r) & waiting.keys() - {key} for key, r in waiting.items()}
    done: list[Resource] = []
    while waiting:
        ready = [r for key, r in waiting.items() if not needs[key] & waiting.keys()]
        done.append(min(ready, key=rank))
        del waiting[(done[-1].kind, done[-1].name)]
    return tuple(done)


def _needs(resource: Resource) -> set[Key]:
    return {(ref.kind, ref.name) for ref in (*refs(resource.arguments), *resource.depends_on)}


def refs(value: Value) -> Iterator[Ref]:
    match value:
        case Ref():
            yield value
        case Block():
            yield from refs(value.arguments)
        case Json():
            yield from refs(value.value)
        case Join():
            yield from refs(value.parts)
        case Base64():
            yield from refs(value.lines)
        case tuple():
            for item in value:
                yield from refs(item)
        case dict():
            for item in value.values():
                yield from refs(item)


def arguments(kind: str, values: dict[str, Value], known: dict[str, str], at: Scope) -> dict[str, Expression]:
    made: dict[str, Expression] = {}
    for name, value in values.items():
        if name == "lifecycle" or value is None:
            continue
        theirs, shape = table.argument(kind, name, known)
        made[theirs] = typed(kind, value, shape, at)
    return made


def typed(kind: str, value: Value, shape: str, at: Scope) -> Expression:
    """`value` as what an argument of `shape` takes: a list around a single block, a number out of a text."""
    many, inner = shape.startswith("["), shape.strip("[]{}")
    if many and not isinstance(value, tuple):
        value = (value,)
    match value:
        case tuple() if many:
            return tuple(typed(kind, item, inner, at) for item in value)
        case tuple():
            (only,) = value
            return typed(kind, only, inner, at)
        case Block():
            return _block(kind, value, inner, at)
        case dict():
            return {key: typed(kind, item, inner, at) for key, item in value.items() if item is not None}
        case Ref():
            return Name(reference(value, at))
        case Var():
            return _variable(value, inner, at)
        case Join() | Json() | Base64():
            return _text(value, at)
    return _scalar(value, inner)


def _text(value: Join | Json | Base64, at: Scope) -> Expression:
    if isinstance(value, Join):
        return joined(value, at)
    if isinstance(value, Base64):
        return Call("encoded", (_lines(value, at),))
    writer = "pulumi.Output.json_dumps" if _lifted(value.value, at) else "json.dumps"
    return Call(writer, (plain(value.value, at),))


def _block(kind: str, value: Block, inner: str, at: Scope) -> Call:
    module = table.kind_of(kind).class_.rpartition(".")[0]
    name = f"{module}.{inner}" if module else inner
    return Call(f"aws.{name}", (), arguments(kind, value.arguments, table.names().types[name], at))


def _scalar(value: Value, inner: str) -> Expression:
    match inner:
        case "str" if isinstance(value, bool):
            return "true" if value else "false"
        case "str" if isinstance(value, int | Decimal):
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case "int" if isinstance(value, str):
            return int(value)
        case "bool" if isinstance(value, str):
            return value == "true"
    if isinstance(value, str | int | Decimal):
        return value
    raise TypeError(f"no Python for {type(value).__name__}")


def _variable(value: Var, inner: str, at: Scope) -> Expression:
    if inner in ("int", "float") and value.name in at.sums:
        return Name(f"{inner}({value.name})")
    text = inner == "str" and value.name in at.numbers
    return Name(f"str({value.name})" if text else value.name)


def joined(value: Join, at: Scope) -> Expression:
    """Text around values that are known later; `format`, because `concat` takes no numbers."""
    if len(value.parts) == 1 and isinstance(value.parts[0], Var):
        return _variable(value.parts[0], "str", at)
    return Call("pulumi.Output.format", (_template(value.parts, 0), *_later(value.parts, at)))


def _lines(value: Base64, at: Scope) -> Expression:
    """One template, whose lines are read one below the other."""
    templates: list[Expression] = []
    later: list[Expression] = []
    for line in value.lines:
        templates.append(_template(line, len(later)) + "\n")
        later += _later(line, at)
    return Call("pulumi.Output.format", (Call('"".join', (tuple(templates),)), *later))


def _template(parts: tuple[Value, ...], place: int) -> str:
    """The text with `{0}` for what is known later, counted from `place`."""
    template = ""
    for part in parts:
        if isinstance(part, str):
            template += part.replace("{", "{{").replace("}", "}}")
        else:
            template += f"{{{place}}}"
            place += 1
    return template


def _later(parts: tuple[Value, ...], at: Scope) -> list[Expression]:
    return [typed("", part, "", at) for part in parts if not isinstance(part, str)]


def plain(value: Value, at: Scope) -> Expression:
    """A value inside a JSON document, where nothing has a type of its own."""
    match value:
        case dict():
            return {key: plain(item, at) for key, item in value.items()}
        case tuple():
            return tuple(plain(item, at) for item in value)
        case None:
            return None
    return typed("", value, "", at)


def _lifted(value: Value, at: Scope) -> bool:
    """Whether the value is known only while the program runs."""
    match value:
        case Ref():
            return True
        case Var():
            return value.name in at.secrets
        case Join():
            return len(value.parts) > 1 or any(_lifted(part, at) for part in value.parts)
        case dict():
            return any(_lifted(item, at) for item in value.values())
        case tuple():
            return any(_lifted(item, at) for item in value)
    return False


def reference(value: Ref, at: Scope) -> str:
    """`vpc.id`, `availability_zones.names[0]`, `db_instance.master_user_secrets[0].secret_arn`."""
    name = at.resources[(value.kind, value.name)]
    if not value.attribute:
        return name
    first, rest = re.fullmatch(r"(\w+)(.*)", value.attribute).groups()  # type: ignore[union-attr]  # ours, never an answer's
    theirs = first if value.data else table.attribute(value.kind, first)
    if not value.data and table.single(value.kind, theirs):
        rest = rest.removeprefix("[0]")
    index = "" if value.index is None else f"[{value.index}]"
    return f"{name}.{theirs}{rest}{index}"
