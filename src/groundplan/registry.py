"""Find what an open folder holds. Knows package scanning; does not know what any noun means."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import TypeVar

from groundplan.errors import RegistryError

T = TypeVar("T")


def names(package: str) -> tuple[str, ...]:
    """List the public modules of `package` in alphabetical order, without importing them."""
    found: set[str] = set()
    for folder in importlib.import_module(package).__path__:
        with os.scandir(folder) as entries:
            found |= {name for entry in entries if (name := _module(entry))}
    return tuple(sorted(found))


def _module(entry: os.DirEntry[str]) -> str:
    """The name of the public module or package that `entry` is, or nothing.

    pkgutil would say the same and import `inspect` for it, which takes as long as all rules together.
    """
    name, _, ending = entry.name.partition(".")
    public = name.isidentifier() and not name.startswith("_")
    return name if public and (ending == "py" or (not ending and entry.is_dir())) else ""


def one(package: str, name: str, constant: str, kind: type[T]) -> T:
    """The `constant` of the module `name` of `package`, where modules are named after their keys.

    Raises RegistryError (GP902) where the module has no such constant.
    """
    noun = getattr(importlib.import_module(f"{package}.{name}"), constant, None)
    if not isinstance(noun, kind):
        raise RegistryError("GP902", f"`{package}.{name}` has no {constant}", "reinstall groundplan")
    return noun


def scan(package: str, constant: str, kind: type[T], key: Callable[[T], str]) -> dict[str, T]:
    """Import every public module of `package` and collect its `constant`, keyed and sorted by `key`.

    Raises RegistryError (GP902) where a module has no such constant, or two claim one key.
    """
    found: dict[str, tuple[str, T]] = {}
    for name in names(package):
        noun = one(package, name, constant, kind)
        if key(noun) in found:
            other = found[key(noun)][0]
            raise RegistryError(
                "GP902", f"`{key(noun)}` is claimed by {other} and {name}", "reinstall groundplan"
            )
        found[key(noun)] = (name, noun)
    return {k: found[k][1] for k in sorted(found)}
