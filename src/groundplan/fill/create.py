"""Assemble what is not there yet: sections, and whole documents. Plain string work; imports no Markdown parser."""

from __future__ import annotations

from collections.abc import Iterable

from groundplan.fill.values import drawing, lines_of
from groundplan.model.spec import Field
from groundplan.syntax.markdown import label

_TEMPLATES = {
    "docs/specs/codebase_spec.md": (
        "Codebase Specification",
        "What runs in production, where, and what it costs. A line that ends in a TODO comment rests on an "
        "assumption;\nremove the comment once it is confirmed.",
    ),
    "docs/specs/technical_design_spec.md": (
        "Technical Design",
        "How the foundation behaves: how it follows the load, how it is watched, how it is configured.",
    ),
    "docs/specs/implementation_options_spec.md": (
        "Implementation Options",
        "What was chosen, against what, and when to choose again.",
    ),
}


def document(path: str, bodies: Iterable[tuple[tuple[str, ...], tuple[Field, ...]]]) -> str:
    """A whole new document of (heading path, fields) in their order."""
    title, intro = _TEMPLATES.get(path) or (_title(path), "")
    parts = [f"# {title}", intro, *(section(heading, fields, 2, "\n") for heading, fields in bodies)]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(heading: tuple[str, ...], fields: tuple[Field, ...], level: int, eol: str) -> str:
    """Headings from `level` downwards, one for each name of `heading`, and the list of fields; no final line end."""
    heads = [f"{'#' * min(level + n, 6)} {label(name)}" for n, name in enumerate(heading)]
    return (eol + eol).join([*heads, eol.join(item(f, "- ", "", eol) for f in fields)])


def item(field: Field, marker: str, indent: str, eol: str) -> str:
    """One labelled list item."""
    nested = " " * len((indent + marker).expandtabs(4)) if "\t" in marker else indent + " " * len(marker)
    return f"{indent}{marker}**{label(field.label)}:**" + value(field, nested, eol)


def value(field: Field, indent: str, eol: str) -> str:
    """What stands behind a label: the first line, and the further lines as a list nested at `indent`."""
    first, *rest = lines_of(field)
    drawn = drawing(field)
    listed = rest[: len(rest) - len(drawn)]
    below = (*(f"- {line}" for line in listed), *drawn)
    return (f" {first}" if first else "") + "".join(f"{eol}{indent}{line}" for line in below)


def _title(path: str) -> str:
    stem = path.rsplit("/", 1)[-1].removesuffix(".md").replace("-", "_")
    words = stem.replace("_spec", "_specification").split("_")
    return label(" ".join(word.capitalize() for word in words if word) or "Specification")
