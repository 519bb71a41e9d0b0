"""Terraform types of single properties, from the getter or the storage class that the bindings name."""

from __future__ import annotations

import re

from terraform_rig.schema import Type

_PRIMITIVE = {"string": "string", "number": "number", "boolean": "bool", "any": "dynamic"}
_STORAGE = re.compile(r"(string|number|boolean|any)((?:List|Map)*)$")
_RETURNED = re.compile(r"return (.*);")
_MADE = re.compile(r'= new \w+\.(\w+)\(this, "[^"]+"(?:, (?:true|false))?')
_GETTERS: tuple[tuple[str, Type], ...] = (
    ("getStringMapAttribute", ["map", "string"]),
    ("getNumberMapAttribute", ["map", "number"]),
    ("getBooleanMapAttribute", ["map", "bool"]),
    ("getAnyMapAttribute", ["map", "dynamic"]),
    ("getStringAttribute", "string"),
    ("getBooleanAttribute", "bool"),
)
_WRAPPERS: dict[str, Type] = {
    "StringMap": ["map", "string"],
    "NumberMap": ["map", "number"],
    "BooleanMap": ["map", "bool"],
    "AnyMap": ["map", "dynamic"],
    "StringMapList": ["list", ["map", "string"]],
    "AnyMapList": ["list", ["map", "dynamic"]],
}


def stored(kind: str, storage: str) -> Type:
    """Type of a storage class such as `stringMapList`; None where it names a structure."""
    if kind == "simple":
        return _PRIMITIVE.get(storage, "dynamic")
    found = _STORAGE.match(storage)
    if found is None:
        return None
    made: Type = _PRIMITIVE[found[1]]
    layers = re.findall("List|Map", found[2])
    for depth, layer in enumerate(layers):
        outermost = depth == len(layers) - 1
        made = ["map", made] if layer == "Map" else ["set" if outermost and kind == "set" else "list", made]
    return made


def got(text: str) -> Type:
    """Type that a property's getter returns; None where it is not one of the simple getters."""
    found = _RETURNED.search(text)
    returned = found[1] if found else ""
    for name, kind in _GETTERS:
        if name in returned:
            return kind
    sequence = "set" if "Fn.tolist(" in returned else "list"
    if "getNumberListAttribute" in returned:
        return [sequence, "number"]
    if "getNumberAttribute" in returned:
        return "number"
    return [sequence, "string"] if "getListAttribute" in returned else None


def wrapped(text: str) -> Type:
    """Type of a property that is held by one of the library's own wrappers."""
    found = _MADE.search(text)
    return wrapper(found[1]) if found else "dynamic"


def wrapper(name: str) -> Type:
    return _WRAPPERS.get(name, "dynamic")
