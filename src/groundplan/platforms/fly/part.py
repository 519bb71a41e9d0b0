"""One share of a Fly.io plan: the components of one concern with what was assumed and replaced for them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from groundplan.model.plan import Assumption, Component, Secret, Substitution


class Part(msgspec.Struct, frozen=True, kw_only=True):
    components: tuple[Component, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    secrets: tuple[Secret, ...] = ()


def join(parts: Iterable[Part]) -> Part:
    """Put parts together in their order; a secret that two parts need is kept once."""
    all_parts = tuple(parts)
    secrets = {s.name: s for part in reversed(all_parts) for s in reversed(part.secrets)}
    return Part(
        components=tuple(c for part in all_parts for c in part.components),
        substitutions=tuple(s for part in all_parts for s in part.substitutions),
        assumptions=tuple(a for part in all_parts for a in part.assumptions),
        secrets=tuple(reversed(secrets.values())),
    )
