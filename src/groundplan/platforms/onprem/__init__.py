"""On-prem: understood by name; not planned or built for yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(key="onprem", name="On-prem")
