"""A small catalogue for the readers, so that their cases do not change with the shipped facts."""

import pytest

from groundplan.model.infrastructure import Facts, Region, Source

CODES = {
    "aws": "us-east-1 US, us-east-2 US, us-west-1 US, us-west-2 US, eu-west-1 IE, eu-west-2 GB, eu-west-3 FR, "
    "eu-central-1 DE, eu-north-1 SE, ap-south-1 IN, ap-southeast-1 SG, ap-southeast-2 AU, ap-northeast-1 JP, sa-east-1 BR",
    "gcp": "europe-west1 BE, europe-west2 GB, europe-west3 DE, us-central1 US, asia-southeast1 SG",
    "azure": "westeurope NL, northeurope IE, eastus US, eastus2 US, uksouth GB",
    "fly": "ams NL, cdg FR, ewr US, fra DE, iad US, lhr GB, nrt JP, ord US, sin SG, syd AU",
}


def _regions(provider: str) -> dict[str, Region]:
    rows = [row.split() for row in CODES[provider].split(", ")]
    return {
        code: Region(
            provider=provider, code=code, city="", country=country, latitude=0, longitude=0, source="test"
        )
        for code, country in rows
    }


@pytest.fixture(scope="session")
def catalogue() -> Facts:
    source = Source(title="test catalogue", date="2026-01-01")
    regions = {provider: _regions(provider) for provider in CODES}
    return Facts(as_of="2026-01-01", sources={"test": source}, regions=regions, skus={}, prices={}, claims={})
