"""Schemas and values in the plugin protocol's own messages."""

from __future__ import annotations

import importlib
import json
from typing import Any

import msgspec

from terraform_rig.schema import Attribute, Block, Provider, concrete

Message = Any  # the message classes are generated when the rig is built
pb: Any = importlib.import_module("terraform_rig.plugin_pb2")
UNKNOWN = msgspec.msgpack.Ext(0, b"\x00")
_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4}


def schema_message(provider: Provider) -> bytes:
    """The answer to GetProviderSchema, ready to send: it is large, and the same every time."""
    made = pb.GetProviderSchema.Response(provider=_schema(provider.config))
    for name, block in provider.resources.items():
        made.resource_schemas[name].CopyFrom(_schema(block))
    for name, block in provider.data_sources.items():
        made.data_source_schemas[name].CopyFrom(_schema(block))
    made.server_capabilities.get_provider_schema_optional = True
    return bytes(made.SerializeToString())


def decoded(value: Message) -> Any:
    if value.msgpack:
        return msgspec.msgpack.decode(value.msgpack, strict=False)
    return json.loads(value.json) if value.json else None


def encoded(value: Any) -> Message:
    return pb.DynamicValue(msgpack=msgspec.msgpack.encode(value))


def is_unknown(value: Any) -> bool:
    return isinstance(value, msgspec.msgpack.Ext)


def _schema(block: Block) -> Message:
    return pb.Schema(block=_block(block))


def _block(block: Block) -> Message:
    made = pb.Schema.Block(attributes=[_attribute(name, a) for name, a in block.attributes.items()])
    for name, nested in block.blocks.items():
        made.block_types.add(
            type_name=name,
            block=_block(nested.block),
            nesting=_NESTING[nested.nesting],
            min_items=nested.least,
            max_items=nested.most,
        )
    return made


def _attribute(name: str, attribute: Attribute) -> Message:
    """Terraform refuses an attribute that is required and computed, or neither required, optional nor computed."""
    computed = not attribute.required and (attribute.computed or not attribute.optional)
    made = pb.Schema.Attribute(
        name=name, required=attribute.required, optional=attribute.optional, computed=computed
    )
    if attribute.nested is None:
        made.type = json.dumps(concrete(attribute.type)).encode()
        return made
    made.nested_type.nesting = _NESTING[attribute.nested.nesting]
    made.nested_type.attributes.extend(_attribute(n, a) for n, a in attribute.nested.attributes.items())
    return made
