"""Credentials in an answer are found whatever their kind; ordinary answers hold none."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from groundplan.read import secret_in

_random = random.Random(20_26)
LOWER, HEX = "abcdefghijklmnopqrstuvwxyz", "0123456789abcdef"
LETTERS = LOWER + LOWER.upper()
MIXED = LETTERS + "0123456789"


def made(count: int, signs: str = MIXED) -> str:
    """Letters and digits in a row; always one digit, so that it is no word."""
    return "".join(_random.choice(signs) for _ in range(count - 1)) + _random.choice("0123456789")


def _tokens() -> dict[str, str]:
    upper = LOWER.upper() + "0123456789"
    return {
        "aws access key": f"AKIA{made(16, upper)}",
        "aws temporary key": f"ASIA{made(16, upper)}",
        "aws secret key": f"AWS_SECRET_ACCESS_KEY={made(40)}",
        "aws secret key in words": f"aws secret key: {made(40)}",
        **{f"github {p}": f"gh{p}_{made(36)}" for p in "pousr"},
        "github fine grained": f"github_pat_{made(22)}_{made(59)}",
        "gitlab": f"glpat-{made(20)}",
        **{f"slack {p}": f"xox{p}-{made(12, '0123456789')}-{made(24)}" for p in "bpase"},
        "slack webhook": f"https://hooks.slack.com/services/T{made(8, upper)}/B{made(8, upper)}/{made(24)}",
        "discord webhook": f"https://discord.com/api/webhooks/{made(18, '0123456789')}/{made(68)}",
        "stripe live": f"sk_live_{made(24)}",
        "stripe test": f"sk_test_{made(24)}",
        "stripe restricted": f"rk_live_{made(24)}",
        "stripe webhook": f"whsec_{made(32)}",
        "google api key": f"AIza{made(35)}",
        "google oauth": f"GOCSPX-{made(28)}",
        "google key file": json.dumps({"type": "service_account", "private_key_id": made(40, HEX)}),
        "google key file, the key": '{"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIE' + made(40) + '"}',
        "private key": f"-----BEGIN RSA PRIVATE KEY-----\n{made(64)}",
        "private key, openssh": f"-----BEGIN OPENSSH PRIVATE KEY-----\n{made(64)}",
        "private key, ec": f"-----BEGIN EC PRIVATE KEY-----\n{made(64)}",
        "private key, pgp": f"-----BEGIN PGP PRIVATE KEY BLOCK-----\n{made(64)}",
        "private key, age": f"AGE-SECRET-KEY-1{made(58, upper)}",
        "json web token": f"eyJ{made(30)}.eyJ{made(60)}.{made(43)}",
        "azure storage": f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={made(86)}==;",
        "azure service bus": f"Endpoint=sb://a.servicebus.windows.net/;SharedAccessKey={made(43)}=",
        "azure sas": f"https://a.blob.core.windows.net/c?sv=2023-01-03&sp=r&sig={made(43)}%3D",
        "azure client secret": f"{made(3)}8Q~{made(34)}",
        "postgres address": f"postgres://app:{made(9)}@db.example.com:5432/app",
        "mysql address": f"mysql://root:{made(8)}@10.0.0.3/app",
        "redis address without a user": f"redis://:{made(20)}@cache.example.com:6379",
        "mongodb address": f"mongodb+srv://app:{made(12)}@cluster0.example.mongodb.net/",
        "amqp address": f"amqps://u:{made(10)}@rabbit.example.com/v",
        "https address": f"https://deploy:{made(20)}@git.example.com/a.git",
        "fly": f"FlyV1 fm2_{made(60)}",
        "terraform": f"{made(14)}.atlasv1.{made(67)}",
        "npm": f"npm_{made(36)}",
        "pypi": f"pypi-AgEIcHlwaS5vcmc{made(60)}",
        "docker": f"dckr_pat_{made(27)}",
        "sendgrid": f"SG.{made(22)}.{made(43)}",
        "datadog": f"DD_API_KEY={made(32, HEX)}",
        "new relic": f"NRAK-{made(27, upper)}",
        "sentry": f"sntrys_{made(60)}",
        "grafana": f"glsa_{made(32)}_{made(8, HEX)}",
        "digitalocean": f"dop_v1_{made(64, HEX)}",
        "heroku": f"HRKU-{made(36)}",
        "pulumi": f"pul-{made(40, HEX)}",
        "vault": f"hvs.{made(24)}",
        "openai": f"sk-proj-{made(48)}",
        "anthropic": f"sk-ant-api03-{made(80)}",
        "telegram": f"{made(9, '0123456789')}:AA{made(33)}",
        "planetscale": f"pscale_tkn_{made(43)}",
        "supabase": f"sbp_{made(40, HEX)}",
        "databricks": f"dapi{made(32, HEX)}",
        "shopify": f"shpat_{made(32, HEX)}",
        "linear": f"lin_api_{made(40)}",
        "mailgun": f"key-{made(32, HEX)}",
        "twilio": f"SK{made(32, HEX)}",
        "atlassian": f"ATATT3xFfGF0{made(60)}",
        "bearer": f"Authorization: Bearer {made(40)}",
        "api key": f"api_key = {made(32)}",
        "client secret": f'client_secret: "{made(36)}"',
        "password": f"password: {made(12)}",
        "german password": f"Passwort: {made(10)}",
    }


TOKENS = _tokens()


def test_there_are_more_than_sixty_kinds() -> None:
    assert len(TOKENS) > 60


@pytest.mark.parametrize("around", ["{}", "we use it like this: {} and it works", "AWS in Frankfurt\n{}\n"])
@pytest.mark.parametrize("kind", TOKENS)
def test_a_credential_is_found_inside_an_answer(kind, around) -> None:
    text = around.format(TOKENS[kind])
    found = secret_in(text)
    assert found is not None
    start, end, name = found
    assert name
    assert 0 <= start < end <= len(text)


def test_ordinary_answers_hold_no_credential() -> None:
    folder = Path(__file__).parent
    for path in folder.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            assert secret_in(json.loads(line)["text"]) is None, line


HARMLESS = (
    "DATABASE_URL comes from the environment", "postgres://user:${DB_PASSWORD}@db/app", "redis://cache:6379/0",
    "password: <from the vault>", "token: $TOKEN", "state in s3://acme-terraform-state/prod", "secret manager for secrets",
    "sk-learn model server", "https://example.com:8080/@team", "api_key: xxxxxxxxxxxxxxxxxxxxxxxx",
    "keys rotate every 90 days",
    "arn:aws:iam::123456789012:role/deploy", "commit 4f1c2e9a7b3d5f6e8a9b0c1d2e3f4a5b6c7d8e9f",
)  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_names_and_places_of_secrets_are_no_secrets(text) -> None:
    assert secret_in(text) is None
