"""AWS: understood by name, with regions and prices; not planned or built for yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(key="aws", name="AWS")
