"""Find a password, key or token in a text, so that it is refused before it is stored. Knows shapes only."""

from __future__ import annotations

import re
from functools import lru_cache

_KINDS = (
    ("private key", r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|AGE-SECRET-KEY-1[0-9A-Z]{40,}"),
    ("AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("AWS secret key", r"(?i:aws.{0,20}(?:secret|key).{0,20}?[=:\"'\s])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"),
    ("GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255})"),
    ("GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("Slack webhook", r"https://hooks\.slack\.com/services/[A-Za-z0-9/]{20,}"),
    ("Discord webhook", r"https://discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}"),
    ("Stripe key", r"\b(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,}"),
    ("Azure storage key", r"(?i:accountkey|sharedaccesskey)=[A-Za-z0-9/+]{40,}={0,2}"),
    ("Azure shared access signature", r"[?&]sig=[A-Za-z0-9%/+_-]{30,}"),
    ("Azure client secret", r"(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{31,34}"),
    ("Google Cloud key file", r"\"private_key(?:_id)?\"\s*:\s*\"[^\"]{20,}"),
    ("Google OAuth secret", r"\bGOCSPX-[\w-]{20,}|\bya29\.[\w-]{20,}"),
    ("DigitalOcean token", r"\bdo[opr]_v1_[0-9a-f]{64}"),
    ("Heroku key", r"\bHRKU-[\w-]{30,}"),
    ("Pulumi token", r"\bpul-[0-9a-f]{40}"),
    ("Vault token", r"\bhv[sb]\.[\w-]{20,}"),
    ("New Relic key", r"\bNRAK-[A-Z0-9]{27}"),
    ("Sentry token", r"\bsntry[su]_[\w+/=-]{20,}"),
    ("Grafana token", r"\bgl(?:sa|c)_[\w+/=]{30,}"),
    ("AI service key", r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}"),
    ("Telegram bot token", r"\b\d{8,10}:AA[\w-]{32,34}"),
    ("database service token", r"\b(?:pscale_(?:tkn|pw)_|sbp_|dapi)[\w.-]{20,}"),
    ("package registry token", r"\b(?:pypi-AgE[\w-]{20,}|dckr_pat_[\w-]{20,})"),
    ("Shopify token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("Linear key", r"\blin_api_[A-Za-z0-9]{30,}"),
    ("Mailgun key", r"\bkey-[0-9a-f]{32}\b"),
    ("Twilio key", r"\bSK[0-9a-f]{32}\b"),
    ("Atlassian token", r"\bATATT3[\w=-]{20,}"),
    ("bearer token", r"(?i:\bbearer\s)(?=[\w.~+/-]*\d)[\w.~+/-]{24,}"),
    ("Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("Fly.io token", r"\b(?:FlyV1 )?fm[12][ar]?_[A-Za-z0-9+/=_-]{20,}"),
    ("Terraform token", r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}"),
    ("npm token", r"\bnpm_[A-Za-z0-9]{36}"),
    ("SendGrid key", r"\bSG\.[\w-]{16,32}\.[\w-]{16,64}"),
    ("Datadog key", r"(?i:\bdd_?(?:api|app)_?key.{0,5}?[=:\s])[0-9a-f]{32,40}\b"),
    ("JSON web token", r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"),
    (
        "password in an address",
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:(?!\$|<|\{|\*|x{3}|%)[^\s/@]{1,200}@[^\s/]",
    ),
    (
        "key or token",
        r"(?i:\b(?:api[_-]?key|secret[_-]?key|access[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|secret|token)"
        r"[\"']?\s?[:=]\s?[\"']?)(?=[A-Za-z_+/-]*\d)[A-Za-z0-9_+/-]{20,}",
    ),
    (
        "password",
        r"(?i:\b(?:password|passwd|passwort|pwd|contrase(?:ñ|n)a|mot de passe)[\"']?\s?[:=]\s?[\"']?)"
        r"(?!\$|<|\{|\*|x{3})[^\s,;]{6,}",
    ),
)
_LONG = 16
"""Every credential without a telling word beside it has that many characters in a row."""
_TELLING = ("://", "passw", "pwd", "contrase", "mot de passe", "private key")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """All kinds in one; built for the first text that may hold one, because that takes longer than most readings."""
    return re.compile("|".join(f"(?P<k{n}>{p})" for n, (_, p) in enumerate(_KINDS)))


def _may_hold_one(text: str) -> bool:
    if any(len(word) >= _LONG for word in text.split()):
        return True
    lower = text.lower()
    return any(word in lower for word in _TELLING)


def secret_in(text: str) -> tuple[int, int, str] | None:
    """Start, end and kind of the first secret in `text`, or None."""
    match = _pattern().search(text) if _may_hold_one(text) else None
    if match is None or match.lastgroup is None:
        return None
    return match.start(), match.end(), _KINDS[int(match.lastgroup[1:])][0]
