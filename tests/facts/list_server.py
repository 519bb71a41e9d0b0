"""A local server that speaks the shapes of the public price lists, and some that nobody should."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, bytes, dict[str, str]]
Handler = Callable[[str, dict[str, list[str]]], Answer]


@contextmanager
def serving(handler: Handler) -> Iterator[str]:
    """The address of a server on a free port, for as long as the block runs."""

    class Request(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            code, body, headers = handler(parts.path, parse_qs(parts.query))
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def item(meter: str, price: float, unit: str, **changes: object) -> dict[str, object]:
    """One row as the Azure Retail Prices API gives it."""
    return {
        "currencyCode": "USD",
        "tierMinimumUnits": 0.0,
        "retailPrice": price,
        "unitPrice": price,
        "armRegionName": "westeurope",
        "location": "EU West",
        "effectiveStartDate": "2026-01-01T00:00:00Z",
        "meterId": "0",
        "meterName": meter,
        "productName": "Azure Container Apps",
        "skuName": "Standard",
        "serviceName": "Azure Container Apps",
        "serviceFamily": "Containers",
        "unitOfMeasure": unit,
        "type": "Consumption",
        "isPrimaryMeterRegion": True,
        "armSkuName": "",
    } | changes


APPS = [
    item("Standard vCPU Active Usage", 0.000031, "1 Second"),
    item("Standard vCPU Idle Usage", 0.0000038, "1 Second"),
    item("Standard Memory Active Usage", 0.0000038, "1 GiB Second"),
    item("Standard Memory Active Usage", 0.0, "1 GiB Second"),
    item("Standard vCPU Active Usage", 0.5, "1 Second", type="Reservation"),
    item("Standard vCPU Active Usage", 0.5, "1 Second", armRegionName="eastus"),
]
PLANS = [
    item("P0 v3 App", 0.0901, "1 Hour", productName="Azure App Service Premium v3 Plan - Linux"),
    item("P0 v3 App", 0.1701, "1 Hour", productName="Azure App Service Premium v3 Plan"),
]


def azure(items: list[dict[str, object]], next_page: str | None = None) -> bytes:
    return json.dumps(
        {"BillingCurrency": "USD", "Items": items, "NextPageLink": next_page, "Count": len(items)}
    ).encode()


def azure_list(apps: list[dict[str, object]] | None = None) -> Handler:
    """Container Apps on two pages, App Service on one, nothing else."""
    listed = APPS if apps is None else apps

    def answer(path: str, query: dict[str, list[str]]) -> Answer:
        assert path == "/api/retail/prices"
        wanted = query["$filter"][0]
        if "Azure App Service" in wanted:
            return 200, azure(PLANS), {}
        if "Container Apps" not in wanted:
            return 200, azure([]), {}
        if "$skip" in query:
            return 200, azure(listed[2:]), {}
        host = azure_list.base  # type: ignore[attr-defined]  # set by the test that serves it
        from urllib.parse import urlencode

        return (
            200,
            azure(listed[:2], f"{host}/api/retail/prices?{urlencode({'$filter': wanted, '$skip': 2})}"),
            {},
        )

    return answer


def product(sku: str, usage: str, **attributes: str) -> dict[str, object]:
    return {
        "sku": sku,
        "productFamily": "Compute",
        "attributes": {"usagetype": usage, "regionCode": "eu-central-1"} | attributes,
    }


def terms(sku: str, price: str, unit: str = "hours") -> dict[str, object]:
    dimension = {
        "unit": unit,
        "beginRange": "0",
        "endRange": "Inf",
        "description": "",
        "pricePerUnit": {"USD": price},
    }
    return {f"{sku}.TERM": {"offerTermCode": "TERM", "priceDimensions": {f"{sku}.TERM.RATE": dimension}}}


ECS = [
    ("A", "EUC1-Fargate-vCPU-Hours:perCPU", "0.0465600000"),
    ("B", "EUC1-Fargate-GB-Hours", "0.0055000000"),
    ("C", "EUC1-Fargate-ARM-vCPU-Hours:perCPU", "0.0372500000"),
    ("D", "EUC1-Fargate-Windows-vCPU-Hours:perCPU", "0.2"),
    ("E", "EUC1-SpotUsage-Fargate-vCPU-Hours:perCPU", "0.01"),
]


def aws(rows: list[tuple[str, str, str]] = ECS) -> bytes:
    return json.dumps(
        {
            "formatVersion": "v1.0",
            "products": {sku: product(sku, usage) for sku, usage, _ in rows},
            "terms": {"OnDemand": {sku: terms(sku, price) for sku, _, price in rows}, "Reserved": {}},
        }
    ).encode()


EMPTY = json.dumps({"products": {}, "terms": {"OnDemand": {}}}).encode()


def aws_list(content: bytes | None = None) -> Handler:
    def answer(path: str, _: dict[str, list[str]]) -> Answer:
        if path == "/offers/v1.0/aws/AmazonECS/current/eu-central-1/index.json":
            return 200, content or aws(), {}
        return 200, EMPTY, {}

    return answer
