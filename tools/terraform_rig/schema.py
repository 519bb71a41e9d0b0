"""What a provider says of its arguments, in Terraform's own terms. Knows no wire format and no source of schemas."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

Type: TypeAlias = (
    Any  # Terraform's JSON notation, recursive: "string", ["list", "string"], ["object", {"a": "bool"}]
)
Nesting = Literal["single", "list", "set", "map"]


class Attribute(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    type: Type = None
    """None where `nested` says it."""
    nested: Nested | None = None
    required: bool = False
    optional: bool = False
    computed: bool = False


class Nested(msgspec.Struct, frozen=True, kw_only=True):
    nesting: Nesting
    attributes: dict[str, Attribute]


class NestedBlock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    nesting: Nesting
    block: Block
    least: int = 0
    most: int = 0
    """0: any number."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    attributes: dict[str, Attribute]
    blocks: dict[str, NestedBlock]


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    """`hashicorp/aws`."""
    version: str
    config: Block
    resources: dict[str, Block]
    data_sources: dict[str, Block]


def concrete(found: Type) -> Type:
    """The type without `dynamic`, which Terraform does not allow inside sets; text takes its place."""
    match found:
        case "dynamic":
            return "string"
        case ["object", dict(fields)]:
            return ["object", {name: concrete(kind) for name, kind in fields.items()}]
        case [str(collection), element]:
            return [collection, concrete(element)]
    return found


def as_type(block: Block) -> Type:
    """A block as the object type that an attribute of the same shape has."""
    fields = {name: _type_of(attribute) for name, attribute in block.attributes.items()}
    for name, nested in block.blocks.items():
        fields[name] = collection(nested.nesting, as_type(nested.block))
    return ["object", fields]


def collection(nesting: str, element: Type) -> Type:
    return element if nesting == "single" else [nesting, element]


def _type_of(attribute: Attribute) -> Type:
    if attribute.nested is None:
        return attribute.type
    inner = as_type(Block(attributes=attribute.nested.attributes, blocks={}))
    return collection(attribute.nested.nesting, inner)
