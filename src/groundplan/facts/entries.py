"""What may stand before several regions and is neither a region's balancer nor DNS of ours. Knows names alone."""

from __future__ import annotations

FRONTS = (
    r"\b(?:cloudfront|cloudflare|fastly|akamai|front ?door|traffic manager|global accelerator"
    r"|global (?:external )?(?:load )?balancer|CDN)\b"
)
"""An expression, without regard to case."""
