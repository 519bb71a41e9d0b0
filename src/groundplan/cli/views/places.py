"""Where everything of a plan lies, for people. States places and the duty that was named; certifies nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundplan.cli.terminal import Terminal, wrap
from groundplan.cli.views.tables import table
from groundplan.cli.views.wording import duty
from groundplan.model.placement import Placement

if TYPE_CHECKING:
    from groundplan.pipeline import Compilation

_INSIDE = {True: "inside", False: "outside", None: "-"}


def places(result: Compilation, device: Terminal) -> str:
    """One row for each kind of data, then what the words mean and do not mean."""
    rows = [(p.what, p.component, _where(p), _INSIDE[p.inside], p.note) for p in result.placements]
    lines = table([("what", "part", "where", "area", "note"), *rows], device)
    duties = result.plan.draft.residency if result.plan else ()
    named = ", ".join(duty(d) for d in duties)
    told = (
        f"Named by you: {named}. Places are stated as the vendors state them; whether they meet a law is not."
    )
    return "\n".join([*lines, *wrap(told, device.width)])


def _where(placed: Placement) -> str:
    if not (placed.country or placed.city):
        return "not known"
    city = ", ".join(part for part in (placed.city, placed.country) if part)
    return f"{city} ({placed.region})" if placed.region else city
