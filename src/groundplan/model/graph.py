"""Typed resources, references and literals in one vendor vocabulary. No loops, no conditionals, no code in strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from groundplan.model.files import File


class Ref(msgspec.Struct, frozen=True):
    """An attribute of another resource: `aws_lb.main.dns_name`; `index` for one element of a list.

    Without a name it is a bare word, as in `ignore_changes = [desired_count]`.
    """

    kind: str
    name: str
    attribute: str
    data: bool = False
    index: int | None = None


class Var(msgspec.Struct, frozen=True):
    name: str


class Join(msgspec.Struct, frozen=True):
    """Parts written one after the other into one string; literals are escaped."""

    parts: tuple[Value, ...]


class Json(msgspec.Struct, frozen=True):
    """A document that the vendor wants as JSON text."""

    value: Value


class Base64(msgspec.Struct, frozen=True):
    """Lines of text that the vendor wants encoded: written so that they can be read, encoded where they are used.

    Each line is the parts of it, as in `Join`.
    """

    lines: tuple[tuple[Value, ...], ...]


class Block(msgspec.Struct, frozen=True):
    """A nested block; `arguments` may hold further blocks. Repeated blocks are a tuple of Block under one name."""

    arguments: dict[str, Value]


Scalar: TypeAlias = "str | int | bool | Decimal | None"
Value: TypeAlias = "Scalar | Ref | Var | Join | Json | Base64 | Block | tuple[Value, ...] | dict[str, Value]"


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    """Vendor type: `aws_lb`, `AWS::ECS::Service`."""
    name: str
    arguments: dict[str, Value]
    data: bool = False
    depends_on: tuple[Ref, ...] = ()
    comment: str = ""
    """Why it is there; written above it."""
    file: str = "main"
    """Which concern it belongs to; the target maps it to a file."""
    provider: str | None = None
    """Alias of the provider configuration; the stack in the CloudFormation vocabulary."""


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    kind: Literal["string", "number", "bool", "list(string)"]
    description: str
    default: Value = None
    required: bool = False
    sensitive: bool = False
    condition: str = ""
    """A validation expression in the target's own language, written by us, never from an answer.

    In the CloudFormation vocabulary it is a regular expression for text and `low..high` for a number.
    """
    message: str = ""
    type: str = ""
    """The vocabulary's own type, where `kind` cannot say it."""


class Output(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    description: str
    value: Value
    provider: str | None = None
    """Stack that it belongs to, where a vocabulary has stacks."""


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    source: str
    version: str
    arguments: dict[str, Value] = {}
    alias: str | None = None


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    vocabulary: Literal["terraform", "cloudformation"]
    providers: tuple[Provider, ...]
    resources: tuple[Resource, ...]
    variables: tuple[Variable, ...] = ()
    outputs: tuple[Output, ...] = ()
    backend: str | None = None
    backend_arguments: dict[str, Value] = {}
    files: tuple[File, ...] = ()
    """What is written beside the resources, whichever target writes them."""
    afterwards: tuple[str, ...] = ()
    """Commands that put `files` into what was made; `$(output NAME)` is an output, which each target prints its own way."""
    guide: str = ""
    """README of the folder, in Markdown; empty where the platform has none."""
