"""Kubernetes: understood by name; not planned or built for yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(key="kubernetes", name="Kubernetes")
