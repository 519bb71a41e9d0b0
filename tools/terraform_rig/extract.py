"""A provider's schema out of its bindings: which arguments are attributes or blocks, of which type, and required or not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from terraform_rig import bindings, kinds
from terraform_rig.bindings import Member, Module, Written
from terraform_rig.schema import Attribute, Block, Nested, NestedBlock, Nesting, Provider, as_type, collection

_HELD = re.compile(r'= new (?!cdktn\.|cdktf\.)(?:\w+\.)?(\w+)\(this, "[^"]+"(?:, (true|false))?')
_ELEMENT = re.compile(r"new (?:\w+\.)?(\w+)OutputReference\(")
_NESTINGS: dict[str, Nesting] = {"struct": "single", "list": "list", "set": "set", "map": "map"}
_MANY = ("ComplexList", "ComplexMap", "MapList", "ComplexComputedList")


class Held(NamedTuple):
    """A structure behind a property: its name, how it is collected, and whether there may be several."""

    name: str
    kind: str
    many: bool


class Flags(NamedTuple):
    required: bool
    optional: bool
    computed: bool


def extract(wheel: Path) -> Provider:
    """The schema of the provider whose bindings the wheel holds."""
    resources: dict[str, Block] = {}
    data_sources: dict[str, Block] = {}
    config, source, version = None, "", ""
    for module in bindings.read(wheel):
        for name, (base, body) in module.classes.items():
            if base == "TerraformProvider":
                source = _after("terraformProviderSource", body)
                version = _after("providerVersion", body)
                config = _config(module, name, body)
            elif base in ("TerraformResource", "TerraformDataSource"):
                found = resources if base == "TerraformResource" else data_sources
                found[_after("terraformResourceType", body)] = _root(module, name, body)
    if config is None:
        raise ValueError(f"{wheel.name} holds no provider")
    return Provider(
        source=source.lower(), version=version, config=config, resources=resources, data_sources=data_sources
    )


def _after(name: str, body: str) -> str:
    found = re.search(rf"{name}: '([\w./+-]+)'", body)
    if found is None:
        raise ValueError(f"the bindings do not say {name}")
    return found[1]


def _config(module: Module, name: str, body: str) -> Block:
    reader = _Reader(module)
    block = reader.from_writer(_synthesized(body), name + "Config", ())
    attributes = {key: value for key, value in block.attributes.items() if key != "alias"}
    return Block(attributes=attributes, blocks=block.blocks)


def _root(module: Module, name: str, body: str) -> Block:
    return _Reader(module).from_class(body, _synthesized(body), name + "Config", ())


def _synthesized(body: str) -> dict[str, Written]:
    start = body.find("synthesizeHclAttributes()")
    return bindings.written(body[start:]) if start >= 0 else {}


class _Reader:
    """Structures of one module, each read once; one that holds itself is cut there."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.known: dict[str, Block] = {}

    def structure(self, name: str, above: tuple[str, ...]) -> Block:
        if name not in self.known:
            writer = self.module.writers.get(name[:1].lower() + name[1:], {})
            found = self.module.classes.get(name + "OutputReference")
            inside = (*above, name)
            self.known[name] = (
                self.from_class(found.body, writer, name, inside)
                if found
                else self.from_writer(writer, name, inside)
            )
        return self.known[name]

    def from_class(
        self, body: str, writer: dict[str, Written], interface: str, above: tuple[str, ...]
    ) -> Block:
        """From the properties of a class, which tell computed from optional."""
        made = _Builder(self.module.block_names(interface))
        for member in bindings.members(body):
            flags = Flags(member.required, member.optional, member.computed)
            held = _HELD.search(member.text)
            if held is None:
                made.attribute(member.name, flags, _simple(member, writer.get(member.name)))
                continue
            wrote = writer.get(member.name)
            found = self._held(held[1], held[2] == "true", wrote)
            if found is None or found.name in above:
                made.attribute(member.name, flags, kinds.wrapper(held[1]))
            else:
                made.structure(member.name, flags, found, self.structure(found.name, above))
        return made.block()

    def from_writer(self, writer: dict[str, Written], interface: str, above: tuple[str, ...]) -> Block:
        """From what is written out, where no class tells more; required is what the interface does not make optional."""
        made = _Builder(self.module.block_names(interface))
        text = self.module.interfaces.get(interface, "")
        for name, wrote in writer.items():
            field = re.search(r"(?:struct\.|this\._)(\w+)", wrote.value)
            required = bool(field and re.search(rf"readonly {re.escape(field[1])}: ", text))
            flags = Flags(required, not required, False)
            kind = kinds.stored(wrote.kind, wrote.storage)
            if kind is not None and not (wrote.is_block and name in made.names):
                made.attribute(name, flags, kind)
                continue
            held = re.search(r"(\w+)ToHclTerraform\)?", wrote.value)
            if held is None:
                raise ValueError(f"{interface}.{name} is written in an unknown way: {wrote.value}")
            inner = held[1][:1].upper() + held[1][1:]
            if inner not in above:
                found = Held(inner, wrote.kind, "listMapperHcl" in wrote.value)
                made.structure(name, flags, found, self.structure(inner, above))
        return made.block()

    def _held(self, name: str, wraps: bool, wrote: Written | None) -> Held | None:
        found = self.module.classes.get(name)
        if found is None:
            return None
        if found.base == "ComplexObject":
            return Held(name.removesuffix("OutputReference"), wrote.kind if wrote else "struct", False)
        element = _ELEMENT.search(found.body)
        if found.base not in _MANY or element is None:
            return None
        kind = "map" if found.base == "ComplexMap" else "set" if wraps else "list"
        return Held(element[1], kind, True)


def _simple(member: Member, wrote: Written | None) -> object:
    found = kinds.got(member.text)
    if wrote is None:
        return found or kinds.wrapped(member.text)
    stored = kinds.stored(wrote.kind, wrote.storage)
    if wrote.kind != "simple":
        return stored or found or kinds.wrapped(member.text)
    return found or stored or kinds.wrapped(member.text)


class _Builder:
    """Collects the arguments of one block; `names` are those that are blocks."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.attributes: dict[str, Attribute] = {}
        self.blocks: dict[str, NestedBlock] = {}

    def block(self) -> Block:
        return Block(attributes=self.attributes, blocks=self.blocks)

    def attribute(self, name: str, flags: Flags, kind: object) -> None:
        self.attributes[name] = Attribute(
            type=kind, required=flags.required, optional=flags.optional, computed=flags.computed
        )

    def structure(self, name: str, flags: Flags, held: Held, inner: Block) -> None:
        nesting = _NESTINGS[held.kind]
        if name in self.names:
            listed = nesting in ("list", "set")
            self.blocks[name] = NestedBlock(
                nesting=nesting,
                block=inner,
                least=int(listed and flags.required),
                most=int(listed and not held.many),
            )
        elif _nested(nesting, flags, inner):
            self.attributes[name] = Attribute(
                nested=Nested(nesting=nesting, attributes=inner.attributes), **flags._asdict()
            )
        else:
            self.attribute(name, flags, collection(nesting, as_type(inner)))


def _nested(nesting: Nesting, flags: Flags, inner: Block) -> bool:
    """Whether a structured attribute is of the newer kind, whose members may be left out one by one."""
    if inner.blocks or not (flags.optional or flags.required):
        return False
    members = inner.attributes.values()
    return nesting == "single" or any(a.required or a.nested for a in members)
