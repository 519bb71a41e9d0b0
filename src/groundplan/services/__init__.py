"""Third parties that join any platform, one file each. Knows how to list them; the files know the services."""

import importlib
from functools import cache

from groundplan.model.knowledge import Service
from groundplan.registry import names, scan


@cache
def services() -> dict[str, Service]:
    return scan("groundplan.services", "SERVICE", Service, lambda s: s.key)


@cache
def service(key: str) -> Service | None:
    """The one service with this key, without loading the others; None where the catalogue has none."""
    if key not in names("groundplan.services"):
        return None
    found: Service = importlib.import_module(f"groundplan.services.{key}").SERVICE
    return found
