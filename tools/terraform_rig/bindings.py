"""The generated JavaScript bindings of a provider, taken apart by line shape. Knows their text; not what it means."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_CLASS = re.compile(r"^(?:export )?class (\w+) extends (?:\w+\.)?(\w+) \{$(.*?)^\}", re.M | re.S)
_FUNCTION = re.compile(r"^function (\w+)ToHclTerraform\(struct\) \{$(.*?)^\}", re.M | re.S)
_INTERFACE = re.compile(r"^export interface (\w+)(?: extends [\w.]+)? \{$(.*?)^\}", re.M | re.S)
_MARK = re.compile(
    r"^ +// (\S+) - computed: (true|false), optional: (true|false), required: (true|false) *$", re.M
)
_WRITTEN = re.compile(
    r'^ +"?(\w+)"?: \{\n +value: (.*),\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)"',
    re.M,
)
_BLOCK_WORD = re.compile(r"\* (\w+) block\s*$", re.M)


class Class(NamedTuple):
    base: str
    body: str


class Member(NamedTuple):
    """One property of a class: its flags and the lines up to the next property."""

    name: str
    computed: bool
    optional: bool
    required: bool
    text: str


class Written(NamedTuple):
    """How a property is written out as HCL: the expression, and the binding's own words for its type."""

    value: str
    is_block: bool
    kind: str
    storage: str


class Module(NamedTuple):
    """Everything that is generated for one resource, data source or provider."""

    classes: dict[str, Class]
    writers: dict[str, dict[str, Written]]
    """By structure name with a small first letter, then by property."""
    interfaces: dict[str, str]

    def block_names(self, interface: str) -> frozenset[str]:
        """Properties that the interface documents as blocks; the others are attributes."""
        return frozenset(_BLOCK_WORD.findall(self.interfaces.get(interface, "")))


def read(wheel: Path) -> Iterator[Module]:
    """Every module in a wheel of bindings."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".jsii.tgz"))
        packed = io.BytesIO(archive.read(name))
    texts: dict[str, dict[str, list[str]]] = {}
    with tarfile.open(fileobj=packed, mode="r:gz") as archive:
        for entry in archive:
            parts = entry.name.split("/")
            if len(parts) < 4 or parts[1] != "lib" or not parts[-1].endswith((".js", ".d.ts")):
                continue
            opened = archive.extractfile(entry)
            if opened is not None:
                kind = "types" if parts[-1].endswith(".d.ts") else "code"
                module = texts.setdefault(parts[2], {"code": [], "types": []})
                module[kind].append(opened.read().decode())
    for found in texts.values():
        yield _module("\n".join(found["code"]), "\n".join(found["types"]))


def members(body: str) -> list[Member]:
    """The properties of a class body, in order."""
    marks = list(_MARK.finditer(body))
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    return [
        Member(m[1], m[2] == "true", m[3] == "true", m[4] == "true", body[m.end() : end])
        for m, end in zip(marks, ends, strict=False)
    ]


def written(body: str) -> dict[str, Written]:
    """The properties that a function or method writes out as HCL."""
    return {m[0]: Written(m[1], m[2] == "true", m[3], m[4]) for m in _WRITTEN.findall(body)}


def _module(code: str, types: str) -> Module:
    return Module(
        classes={m[1]: Class(m[2], m[3]) for m in _CLASS.finditer(code)},
        writers={m[1]: written(m[2]) for m in _FUNCTION.finditer(code)},
        interfaces={m[1]: m[2] for m in _INTERFACE.finditer(types)},
    )
