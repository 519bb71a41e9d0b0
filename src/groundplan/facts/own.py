"""A person's own prices, regions and rates over the shipped ones. Knows the overlay; the schema knows the checks."""

from __future__ import annotations

from groundplan.facts.schema import Malformed, Rows, check_together, facts_of, read_rows, read_sources
from groundplan.model.infrastructure import Facts

__all__ = ["Malformed", "with_own"]


def with_own(facts: Facts, text: str, path: str) -> Facts:
    """`facts` with the rows of `text` in their place; every row gives a source and a reason.

    Raises Malformed, `file:line: what is wrong`, where a row fails the checks that shipped rows meet.
    """
    rows = Rows(
        sources=dict(facts.sources),
        regions={k: dict(v) for k, v in facts.regions.items()},
        skus={k: dict(v) for k, v in facts.skus.items()},
        prices={k: dict(v) for k, v in facts.prices.items()},
        claims=dict(facts.claims),
        countries=dict(facts.countries),
        rates=dict(facts.rates),
        slas=dict(facts.slas),
        lifecycles=dict(facts.lifecycles),
        copies=dict(facts.copies),
        alternatives=dict(facts.alternatives),
        sites={k: dict(v) for k, v in facts.sites.items()},
    )
    read_sources(text, path, rows)
    read_rows(text, path, None, rows, own=True)
    check_together(rows)
    return facts_of(rows)
