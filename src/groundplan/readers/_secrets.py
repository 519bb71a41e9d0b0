"""Find a password, key or token in a text, so that it is refused before it is stored. Knows shapes only."""

from __future__ import annotations

import re

_KINDS = (
    ("private key", r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"),
    ("AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("AWS secret key", r"(?i:aws.{0,20}(?:secret|key).{0,20}?[=:\"'\s])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"),
    ("GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255})"),
    ("GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("Slack token", r"\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
    ("Slack webhook", r"https://hooks\.slack\.com/services/[A-Za-z0-9/]{20,}"),
    ("Discord webhook", r"https://discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}"),
    ("Stripe key", r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"),
    ("Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("Fly.io token", r"\b(?:FlyV1 )?fm[12][ar]?_[A-Za-z0-9+/=_-]{20,}"),
    ("Terraform token", r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}"),
    ("npm token", r"\bnpm_[A-Za-z0-9]{36}"),
    ("SendGrid key", r"\bSG\.[\w-]{16,32}\.[\w-]{16,64}"),
    ("Datadog key", r"(?i:\bdd_?(?:api|app)_?key.{0,5}?[=:\s])[0-9a-f]{32,40}\b"),
    ("JSON web token", r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"),
    ("password in an address", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:[^\s/@]{1,200}@[^\s/]"),
    ("password", r"(?i:\b(?:password|passwd|passwort|pwd)\s?[:=]\s?)(?!\$|<|\{|\*|x{3})[^\s,;]{6,}"),
)
_PATTERN = re.compile("|".join(f"(?P<k{n}>{p})" for n, (_, p) in enumerate(_KINDS)))


def secret_in(text: str) -> tuple[int, int, str] | None:
    """Start, end and kind of the first secret in `text`, or None."""
    match = _PATTERN.search(text)
    if match is None or match.lastgroup is None:
        return None
    return match.start(), match.end(), _KINDS[int(match.lastgroup[1:])][0]
