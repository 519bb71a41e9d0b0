"""Fetching a price list: one host, no redirects elsewhere, a limit on time and size. Knows no price."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from groundplan.facts.price_list import Refused

_TIMEOUT_S = 30
_LARGEST = 256 * 1024 * 1024
"""Regional files of AWS are tens of MiB; one that is larger than this is not one of them."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A list that sends us elsewhere is not the list we asked for."""

    def redirect_request(self, *args: Any, **_: Any) -> None:  # Any: urllib's own
        raise Refused(f"it redirects to {str(args[-1])[:80]}")


def query(service: str, region: str) -> str:
    """The filter of the Azure Retail Prices API, one region and service at a time."""
    text = f"serviceName eq '{service}' and armRegionName eq '{region}' and priceType eq 'Consumption'"
    return urllib.parse.urlencode({"api-version": "2023-01-01-preview", "$filter": text})


def fetch(address: str, base: str) -> bytes:
    """The content of `address`, which must lie under the host of `base`; Refused with the reason where it cannot be had."""
    asked, meant = urllib.parse.urlsplit(address), urllib.parse.urlsplit(base)
    if asked.scheme not in ("http", "https") or (asked.scheme, asked.netloc) != (meant.scheme, meant.netloc):
        raise Refused(f"it continues at {address[:80]}, which is not {meant.scheme}://{meant.netloc}")
    try:
        with urllib.request.build_opener(_Stay).open(address, timeout=_TIMEOUT_S) as answer:
            content: bytes = answer.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise Refused(f"{meant.netloc} answers {error.code} for {asked.path}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Refused(f"{meant.netloc} cannot be reached: {reason}") from error
    if len(content) > _LARGEST:
        raise Refused(f"{asked.path} is larger than {_LARGEST // 1024 // 1024} MiB")
    return content
