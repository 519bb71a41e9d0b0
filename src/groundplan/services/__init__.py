"""Third parties that join any platform, one file each. Knows how to list them; the files know the services."""

from functools import cache

from groundplan.model.knowledge import Service
from groundplan.registry import scan


@cache
def services() -> dict[str, Service]:
    return scan("groundplan.services", "SERVICE", Service, lambda s: s.key)
