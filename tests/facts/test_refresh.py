"""`groundplan catalog refresh` against a local server: what it shows, what it writes, and what it refuses."""

import json
from pathlib import Path

import pytest
from cli_world import groundplan
from facts import list_server as lists

TODAY = ("--today", "2026-11-24")


def azure(root: Path, *flags: str, apps=None):
    handler = lists.azure_list(apps)
    with lists.serving(handler) as base:
        lists.azure_list.base = base
        return groundplan(
            "catalog", "refresh", "--platform", "azure", "--region", "westeurope", "--list", base,
            "--project", str(root), *TODAY, *flags,
        )  # fmt: skip


def aws(root: Path, *flags: str, handler=None):
    with lists.serving(handler or lists.aws_list()) as base:
        return groundplan(
            "catalog", "refresh", "--platform", "aws", "--region", "eu-central-1", "--list", base,
            "--project", str(root), *TODAY, *flags,
        )  # fmt: skip


def test_a_difference_is_shown_and_nothing_is_written(tmp_path):
    done = azure(tmp_path, "--json")
    changed = {c["offer"]["id"]: (c["before"], c["offer"]["amount"]) for c in done.json["changed"]}
    assert changed["azure.aca.vcpu"] == (0.000034, 0.000031)
    assert changed["azure.app_service.P0v3"] == (None, 65.773)
    assert "azure.postgres.B1ms" in done.json["absent"]
    assert done.code == 1 and list(tmp_path.iterdir()) == []


def test_what_is_written_is_used_by_the_next_estimate(tmp_path):
    assert azure(tmp_path, "--write").code == 0
    (tmp_path / "groundplan.toml").write_text(
        '[project]\nname = "orders"\n\n[answers]\nhosting = "Azure Container Apps"\nregions = "Amsterdam"\n'
        'scaling = "2 instances with 1 GB"\n\n[facts]\nown = "own-facts.toml"\n'
    )
    done = groundplan("estimate", "--json", "--project", str(tmp_path))
    lines = {line["meter"]: line for line in done.json["lines"]}
    assert lines["vCPU while busy"]["unit_price"] == 0.000031
    assert "Azure Retail Prices API" in lines["vCPU while busy"]["source"]
    assert "2026-11-24" in lines["vCPU while busy"]["source"]


def test_aws_tells_x86_from_arm_windows_and_spot(tmp_path):
    done = aws(tmp_path, "--json")
    changed = {c["offer"]["id"]: c["offer"]["amount"] for c in done.json["changed"]}
    assert changed == {"aws.fargate.gb": 0.0055, "aws.fargate.vcpu_arm": 0.03725}
    assert done.json["same"] == 1


def test_a_second_write_keeps_the_rows_of_the_first(tmp_path):
    azure(tmp_path, "--write")
    aws(tmp_path, "--write")
    text = (tmp_path / "own-facts.toml").read_text()
    assert "azure.aca.vcpu" in text and "aws.fargate.gb" in text
    again = (tmp_path / "own-facts.toml").read_bytes()
    aws(tmp_path, "--write")
    assert (tmp_path / "own-facts.toml").read_bytes() == again


def test_a_file_that_a_person_wrote_is_never_replaced(tmp_path):
    (tmp_path / "own-facts.toml").write_text("# mine\n")
    done = azure(tmp_path, "--write")
    assert done.code != 0 and "was not written by a refresh" in done.err
    assert (tmp_path / "own-facts.toml").read_text() == "# mine\n"


def two_prices():
    return [*lists.APPS, lists.item("Standard vCPU Active Usage", 0.000032, "1 Second")]


HOSTILE = {
    "not JSON": (200, b"<html>maintenance</html>", {}),
    "empty": (200, b"", {}),
    "another shape": (200, b'{"Items": 3}', {}),
    "a list": (200, b"[]", {}),
    "deep nesting": (200, b"[" * 100_000, {}),
    "a price as text": (200, json.dumps({"Items": [lists.item("x", 1, "y") | {"retailPrice": "0.1; rm -rf"}]}).encode(), {}),
    "missing fields": (200, b'{"Items": [{"retailPrice": 1}]}', {}),
    "no such page": (404, b"", {}),
    "a fault": (500, b"oops", {}),
    "sent elsewhere": (302, b"", {"Location": "http://127.0.0.1:9/evil"}),
    "the next page elsewhere": (200, lists.azure([], "http://127.0.0.1:9/evil"), {}),
    "the next page a file": (200, lists.azure([], "file:///etc/passwd"), {}),
    "nothing of ours": (200, lists.azure([]), {}),
    "a tenfold price": (200, lists.azure([lists.item("Standard vCPU Active Usage", 0.01, "1 Second")]), {}),
    "a huge price": (200, lists.azure([lists.item("Basic Registry Unit", 1e300, "1/Day")]), {}),
    "another unit": (200, lists.azure([lists.item("Standard vCPU Active Usage", 0.000031, "1 Hour")]), {}),
    "two prices": (200, lists.azure(two_prices()), {}),
    "bytes that are no text": (200, b"\xff\xfe\x00", {}),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_list_that_cannot_be_trusted_changes_nothing_and_says_why(kind, tmp_path):
    with lists.serving(lambda *_: HOSTILE[kind]) as base:
        done = groundplan(
            "catalog", "refresh", "--platform", "azure", "--region", "westeurope", "--list", base, "--write",
            "--project", str(tmp_path), *TODAY,
        )  # fmt: skip
    assert done.code == 4, done.out + done.err
    assert "GP970" in done.err and "cannot be used" in done.err
    assert list(tmp_path.iterdir()) == []


def endless(*_):
    return 200, lists.azure([], f"{endless.base}/api/retail/prices?again"), {}


def test_a_list_without_an_end_is_refused(tmp_path):
    with lists.serving(endless) as base:
        endless.base = base
        done = groundplan(
            "catalog",
            "refresh",
            "--platform",
            "azure",
            "--region",
            "westeurope",
            "--list",
            base,
            "--project",
            str(tmp_path),
        )
    assert done.code == 4 and "more than 40 pages" in done.err


AWS_HOSTILE = {
    "two prices": lists.aws([*lists.ECS, ("Z", "EUC1-Fargate-vCPU-Hours:perCPU", "0.05")]),
    "no price": lists.aws([("A", "EUC1-Fargate-vCPU-Hours:perCPU", "0,0465")]),
    "negative": lists.aws([("A", "EUC1-Fargate-vCPU-Hours:perCPU", "-1")]),
    "tenfold": lists.aws([("A", "EUC1-Fargate-vCPU-Hours:perCPU", "0.9")]),
    "another region": lists.aws([("A", "USE1-Fargate-GB-Hours-Other", "0.9")]),
    "truncated": lists.aws()[:200],
}


@pytest.mark.parametrize("kind", AWS_HOSTILE)
def test_an_aws_list_that_cannot_be_trusted_changes_nothing(kind, tmp_path):
    done = aws(tmp_path, "--write", handler=lists.aws_list(AWS_HOSTILE[kind]))
    assert done.code == 4 and "GP970" in done.err
    assert list(tmp_path.iterdir()) == []


USAGE = [
    (("--platform", "fly", "--region", "fra"), "--platform aws"),
    (("--region", "fra"), "--platform aws"),
    (("--platform", "aws"), "catalog regions --platform aws"),
    (("--platform", "aws", "--region", "eu-central-9"), "`eu-central-9` is no region of aws"),
    (("--platform", "aws", "--region", "eu-central-1", "--today", "tomorrow"), "is no date"),
]


@pytest.mark.parametrize(("flags", "words"), USAGE)
def test_what_cannot_be_asked_for_is_said(flags, words, tmp_path):
    done = groundplan("catalog", "refresh", "--project", str(tmp_path), *flags)
    assert done.code == 2 and words in done.err


def test_a_server_that_is_not_there(tmp_path):
    done = groundplan(
        "catalog", "refresh", "--platform", "aws", "--region", "eu-central-1", "--list", "http://127.0.0.1:9",
        "--project", str(tmp_path),
    )  # fmt: skip
    assert done.code == 4 and "cannot be reached" in done.err
