"""Money and ranges. Knows exact decimals; does not know any price."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Money(msgspec.Struct, frozen=True):
    amount: Decimal
    currency: str = "USD"
    """ISO 4217 code."""


class Range(msgspec.Struct, frozen=True):
    """Three loads of one quantity: at the minimum, the expected and the maximum number of instances."""

    floor: Decimal
    expected: Decimal
    ceiling: Decimal

    @staticmethod
    def of(floor: Decimal | int, expected: Decimal | int, ceiling: Decimal | int) -> Range:
        return Range(Decimal(floor), Decimal(expected), Decimal(ceiling))

    @staticmethod
    def flat(value: Decimal | int | str) -> Range:
        return Range(Decimal(value), Decimal(value), Decimal(value))

    def __add__(self, other: Range) -> Range:
        return Range(self.floor + other.floor, self.expected + other.expected, self.ceiling + other.ceiling)

    def share(self, parts: int) -> Range:
        """The same for each of `parts`, to a hundredth."""
        cut = [(v / parts).quantize(Decimal("0.01")) for v in (self.floor, self.expected, self.ceiling)]
        return Range(*cut)

    def times(self, factor: Decimal) -> Range:
        return Range(self.floor * factor, self.expected * factor, self.ceiling * factor)


ZERO = Range.flat(0)
