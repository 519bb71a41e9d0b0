"""Graph values as HCL that `terraform fmt` leaves alone. Knows the language; not any resource."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from groundplan.model.graph import Base64, Block, Join, Json, Ref, Value, Var

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_WORDS = ("for", "true", "false", "null", "if", "in")
"""Words of the language, which are no plain keys."""
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """A string literal that evaluates to exactly `text`; templates in it are escaped, never evaluated."""
    return f'"{_escaped(text)}"'


def body(arguments: Mapping[str, Value], depth: int = 0) -> list[str]:
    """Lines of a block's inside: arguments aligned in runs as the formatter does, nested blocks after a gap."""
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, value in arguments.items():
        blocks = _blocks(value)
        if blocks:
            lines += _aligned(run, depth)
            run = []
            for block in blocks:
                lines += _gap(lines) + nested(name, block.arguments, depth)
        elif value is not None:
            if lines and lines[-1].strip() == "}" and not run:
                lines.append("")
            text = expression(_bare(value), depth)
            if "\n" in text:
                lines += _aligned(run, depth)
                run = []
                lines += _aligned([(name, text)], depth)
            else:
                run.append((name, text))
    return lines + _aligned(run, depth)


def _bare(value: Value) -> Value:
    """A template of one reference alone is written as the reference, as the formatter does."""
    if isinstance(value, Join) and len(value.parts) == 1 and isinstance(value.parts[0], Ref | Var):
        return value.parts[0]
    return value


def nested(head: str, arguments: Mapping[str, Value], depth: int = 0) -> list[str]:
    """`head { … }` at `depth` levels of two spaces."""
    pad = "  " * depth
    inside = body(arguments, depth + 1)
    return [f"{pad}{head} {{", *inside, f"{pad}}}"] if inside else [f"{pad}{head} {{}}"]


def expression(value: Value, depth: int = 0) -> str:  # noqa: C901  # one case for each kind of value
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case str():
            return quoted(value)
        case Ref() | Var():
            return _reference(value)
        case Join():
            return _joined(value.parts)
        case Base64():
            return f"base64encode({_lines(value, depth)})"
        case Json():
            return f"jsonencode({expression(value.value, depth)})"
        case tuple():
            return _list([expression(v, depth + 1) for v in value], depth)
        case dict():
            return _map(value, depth)
        case Block():
            raise TypeError("a block is not an expression")
    raise TypeError(f"no HCL for {type(value).__name__}")


def _reference(value: Ref | Var) -> str:
    if isinstance(value, Var):
        return f"var.{value.name}"
    index = "" if value.index is None else f"[{value.index}]"
    if not value.name:
        return value.kind
    attribute = f".{value.attribute}" if value.attribute else ""
    return f"{'data.' if value.data else ''}{value.kind}.{value.name}{attribute}{index}"


def _joined(parts: Iterable[Value]) -> str:
    return f'"{_template(parts, _escaped)}"'


def _template(parts: Iterable[Value], escaped: Callable[[str], str]) -> str:
    """One template; literals that meet are escaped as one, and a dollar before a reference stays a dollar."""
    out, literal = "", ""
    for part in parts:
        if isinstance(part, str):
            literal += part
            continue
        bare = literal.rstrip("$")
        dollars = literal[len(bare) :]
        out += escaped(bare) + (f'${{"{dollars}"}}' if dollars else "") + f"${{{expression(part)}}}"
        literal = ""
    return out + escaped(literal)


def _lines(value: Base64, depth: int) -> str:
    """A heredoc, whose indentation is taken off; text that would not read back from one is a quoted template."""
    if not _indents(value):
        return _joined(tuple(part for line in value.lines for part in (*line, "\n")))
    pad, marker = "  " * (depth + 1), "EOT"
    inside = [_template(line, _doubled) for line in value.lines]
    while marker in {line.strip() for line in inside}:
        marker += "_"
    body = "".join(f"{pad}{line}\n" for line in inside)
    return f"<<-{marker}\n{body}{'  ' * depth}{marker}\n{'  ' * depth}"


def _indents(value: Base64) -> bool:
    """Whether spaces before each line can be told from the lines: one begins at the edge, and none joins a space.

    A mark that combines, such as an accent or the tone of a skin, is one character with the space before it.
    """
    texts = [part for line in value.lines for part in line if isinstance(part, str)]
    first = [line[0] if line and isinstance(line[0], str) else "" for line in value.lines]
    at_the_edge = any(text[:1].strip() for text in first)
    alone = all(text.lstrip()[:1].isascii() for text in first)
    return at_the_edge and alone and all(c.isprintable() for text in texts for c in text)


def _doubled(text: str) -> str:
    """Marks of a template in a heredoc, where nothing else has a meaning."""
    return re.sub(r"([$%])(?=\{)", r"\1\1", text)


def _escaped(text: str) -> str:
    """Left to right, so that text which is escaped already is escaped again and reads back as it was."""
    if text.isprintable() and not ('"' in text or "\\" in text or "{" in text):
        return text
    out: list[str] = []
    for index, character in enumerate(text):
        if character in "$%" and text[index + 1 : index + 2] == "{":
            out.append(character * 2)
        elif character in _NAMED:
            out.append(_NAMED[character])
        elif ord(character) < 32 or ord(character) == 127:
            out.append(f"\\u{ord(character):04x}")
        else:
            out.append(character)
    return "".join(out)


def _list(items: list[str], depth: int) -> str:
    if not any("\n" in item for item in items) and sum(map(len, items)) < 80:
        return f"[{', '.join(items)}]"
    pad = "  " * (depth + 1)
    return "[\n" + "".join(f"{pad}{item},\n" for item in items) + "  " * depth + "]"


def _map(value: Mapping[str, Value], depth: int) -> str:
    if not value:
        return "{}"
    pairs = [
        (k if _IDENTIFIER.fullmatch(k) and k not in _WORDS else quoted(k), expression(v, depth + 1))
        for k, v in value.items()
        if v is not None
    ]
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, text in pairs:
        if "\n" in text:
            lines += _aligned(run, depth + 1) + _aligned([(name, text)], depth + 1)
            run = []
        else:
            run.append((name, text))
    lines += _aligned(run, depth + 1)
    return "{\n" + "\n".join(lines) + "\n" + "  " * depth + "}"


def _aligned(run: Iterable[tuple[str, str]], depth: int) -> list[str]:
    pairs = list(run)
    width = max((len(name) for name, _ in pairs), default=0)
    pad = "  " * depth
    return [f"{pad}{name:<{width}} = {text}" for name, text in pairs]


def _blocks(value: Value) -> tuple[Block, ...]:
    if isinstance(value, Block):
        return (value,)
    if isinstance(value, tuple) and value and all(isinstance(v, Block) for v in value):
        return tuple(v for v in value if isinstance(v, Block))
    return ()


def _gap(lines: list[str]) -> list[str]:
    return [""] if lines and lines[-1] else []
