"""Where our prices of Azure stand in the Retail Prices API, which needs no account."""

from decimal import Decimal

from groundplan.model.knowledge import Listed, PriceList

_APPS = "Azure Container Apps"
_PLANS = "Azure App Service"
_LINUX = "Plan - Linux$"
_HOUR = ("1 hour",)


def _plan(sku: str, *meters: str) -> Listed:
    """App Service plans are listed by the hour and quoted by a month of 730."""
    return Listed(
        id=f"azure.app_service.{sku}",
        unit="month",
        offer=_PLANS,
        meters=meters,
        units=_HOUR,
        product=_LINUX,
        factor=Decimal(730),
    )


PRICE_LIST = PriceList(
    url="https://prices.azure.com",
    title="Azure Retail Prices API",
    shape="azure",
    listed=(
        Listed(
            id="azure.aca.vcpu",
            unit="vCPU-second",
            offer=_APPS,
            meters=("Standard vCPU Active Usage",),
            units=("1 second",),
        ),
        Listed(
            id="azure.aca.vcpu_idle",
            unit="vCPU-second",
            offer=_APPS,
            meters=("Standard vCPU Idle Usage",),
            units=("1 second",),
        ),
        Listed(
            id="azure.aca.gib",
            unit="GiB-second",
            offer=_APPS,
            meters=("Standard Memory Active Usage",),
            units=("1 gib second", "1 second"),
        ),
        _plan("B1", "B1", "B1 App"),
        _plan("S1", "S1", "S1 App"),
        _plan("P0v3", "P0 v3", "P0 v3 App", "P0v3 App"),
        _plan("P1v3", "P1 v3", "P1 v3 App", "P1v3 App"),
        Listed(
            id="azure.registry.basic",
            unit="day",
            offer="Container Registry",
            meters=("Basic Registry Unit",),
            units=("1/day",),
        ),
        Listed(
            id="azure.logs.ingest",
            unit="GB",
            offer="Log Analytics",
            meters=("Analytics Logs Data Ingestion", "Pay-as-you-go Data Ingestion"),
            units=("1 gb",),
        ),
        Listed(
            id="azure.postgres.B1ms",
            unit="hour",
            offer="Azure Database for PostgreSQL",
            meters=("B1MS", "B1ms"),
            units=_HOUR,
            product="Flexible Server Burstable",
        ),
    ),
)
