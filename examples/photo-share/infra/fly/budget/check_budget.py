#!/usr/bin/env python3
# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.
"""Price the Machines that exist now for a whole month and compare with the budget.

Reads budget.json beside this file and the Machines API (FLY_API_TOKEN). Needs Python 3.9 and nothing else.
Exit 0: below the threshold. 1: at or above it. 2: it could not be told, and why.
BUDGET_LIMIT_USD overrides the limit; BUDGET_WEBHOOK_URL receives the message as {"text": ...} on exit 1 and 2.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any  # JSON, read as it comes

SETTINGS = Path(__file__).resolve().parent / "budget.json"
RUNNING = ("started", "starting", "replacing")
GONE = ("destroyed", "destroying")
CENT = Decimal("0.01")


class CannotTell(Exception):
    """The comparison could not be made."""


def main() -> int:
    lines: list[str] = []
    try:
        settings = read_settings()
        total, lines = project(settings)
        code, verdict = judge(settings, total)
    except CannotTell as reason:
        code, verdict = 2, f"budget check could not tell: {reason}"
    print("\n".join([*lines, verdict]))
    if code:
        send(verdict)
    return code


def read_settings() -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads(SETTINGS.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CannotTell(f"{SETTINGS.name} cannot be read: {error}") from error
    return settings


def project(settings: dict[str, Any]) -> tuple[Decimal, list[str]]:
    """Cost of a month if everything stays as it is now, and one line for each part of it."""
    total, lines = Decimal(0), []
    for name, amount in settings["fixed"].items():
        total += Decimal(amount)
        lines.append(f"{amount:>10}  {name}")
    for app in settings["apps"]:
        cost, counted = price_app(settings, app)
        total += cost
        lines.append(f"{cost.quantize(CENT)!s:>10}  Machines of {app}: {counted}")
    lines += [f"{'unknown':>10}  {name}" for name in settings["unpriced"]]
    return total, lines


def price_app(settings: dict[str, Any], app: str) -> tuple[Decimal, str]:
    machines = [m for m in fetch(app) if m.get("state") not in GONE]
    running = [m for m in machines if m.get("state") in RUNNING]
    cost = sum((price_machine(settings, m) for m in running), Decimal(0))
    stopped = len(machines) - len(running)
    cost += stopped * Decimal(settings["rootfs_gb"]) * Decimal(settings["rootfs_gb_month"])
    return cost, f"{len(running)} running, {stopped} stopped"


def price_machine(settings: dict[str, Any], machine: dict[str, Any]) -> Decimal:
    config = machine.get("config")
    guest = config.get("guest") if isinstance(config, dict) else None
    if not isinstance(guest, dict):
        raise CannotTell(f"Machine {machine.get('id')} does not say its size")
    kind = (
        "performance" if guest.get("cpu_kind") == "performance" else f"{guest.get('cpu_kind', 'shared')}-cpu"
    )
    size = f"{kind}-{guest.get('cpus')}x-{guest.get('memory_mb')}"
    amount = settings["machines"].get(size, {}).get(machine.get("region"))
    if not amount:
        raise CannotTell(f"no price for a Machine {size} in {machine.get('region')}")
    return Decimal(amount)


def fetch(app: str) -> list[dict[str, Any]]:
    """All Machines of one app, as the API lists them."""
    token = os.environ.get("FLY_API_TOKEN", "").strip()
    if not token:
        raise CannotTell("FLY_API_TOKEN is not set")
    host = os.environ.get("FLY_API_HOSTNAME", "https://api.machines.dev").rstrip("/")
    scheme = token if token.startswith("FlyV1 ") else f"Bearer {token}"
    request = urllib.request.Request(f"{host}/v1/apps/{app}/machines", headers={"Authorization": scheme})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            machines = json.load(answer)
    except urllib.error.HTTPError as error:
        raise CannotTell(f"the Machines API answered {error.code} for {app}") from error
    except (OSError, ValueError) as error:
        raise CannotTell(f"the Machines API gave no usable answer for {app}: {error}") from error
    if not isinstance(machines, list) or not all(isinstance(m, dict) for m in machines):
        raise CannotTell(f"the Machines API gave something else than a list of Machines for {app}")
    return machines


def judge(settings: dict[str, Any], total: Decimal) -> tuple[int, str]:
    limit = read_limit(settings)
    crossed = [p for p in settings["thresholds_percent"] if total >= limit * Decimal(p) / 100]
    fails = total >= limit * Decimal(settings["fail_at_percent"]) / 100
    verdict = f"projected {total.quantize(CENT)} USD a month, limit {limit} USD"
    if crossed:
        verdict += f", at or above {max(crossed, key=Decimal)} % of it"
    return (1 if fails else 0), verdict


def read_limit(settings: dict[str, Any]) -> Decimal:
    stated = os.environ.get("BUDGET_LIMIT_USD") or settings["limit_usd"]
    if not stated:
        raise CannotTell(f"the limit was stated as {settings['limit_stated']}; set BUDGET_LIMIT_USD")
    try:
        limit = Decimal(stated)
        if limit > 0 and limit.is_finite():
            return limit
    except InvalidOperation:
        pass
    raise CannotTell(f"the limit `{stated}` is not an amount")


def send(text: str) -> None:
    """Post the verdict where a webhook is set; the exit code tells it in any case."""
    url = os.environ.get("BUDGET_WEBHOOK_URL")
    if not url:
        return
    body = json.dumps({"text": text}).encode()
    try:
        request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=30).close()
    except (OSError, ValueError) as error:
        print(f"the webhook did not take the message: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
