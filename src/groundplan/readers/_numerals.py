"""Numbers as people write them: in words, with signs of thousands. Knows notation; not what is counted."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

NUMBER_WORDS = {
    word: number
    for number, spelled in {
        1: "one ein eine einer einem un une uno una", 2: "two zwei deux dos", 3: "three drei trois tres",
        4: "four vier quatre cuatro", 5: "five funf cinq cinco", 6: "six sechs seis", 7: "seven sieben sept siete",
        8: "eight acht huit ocho", 9: "nine neun neuf nueve", 10: "ten zehn dix diez", 11: "eleven",
        12: "twelve zwolf douze doce", 15: "fifteen quinze", 16: "sixteen", 20: "twenty zwanzig vingt veinte",
        24: "twentyfour", 25: "twentyfive", 30: "thirty dreissig", 32: "thirtytwo", 40: "forty",
        50: "fifty funfzig cinquante cincuenta", 60: "sixty", 64: "sixtyfour", 70: "seventy", 75: "seventyfive",
        80: "eighty achtzig", 85: "eightyfive", 90: "ninety", 100: "hundred hundert cent cien",
        200: "doscientos zweihundert", 300: "trescientos dreihundert", 400: "cuatrocientos vierhundert",
        500: "quinientos funfhundert", 1000: "thousand tausend mille mil",
    }.items()
    for word in spelled.split()
} | {
    "half": Decimal("0.5"), "pair": Decimal(2), "trio": Decimal(3), "fiver": Decimal(5), "tenner": Decimal(10),
    "dozen": Decimal(12),
}  # fmt: skip


@lru_cache(maxsize=1)
def thousands() -> re.Pattern[str]:
    """`1'000`; `1 000 €`: a space between thousands, where money is meant; `2 512 MB` are two numbers."""
    return re.compile(
        r"(?<![\d.,])\d{1,3}(?:['’]\d{3})+(?!\d)|(?<![\d.,])\d{1,3}(?: \d{3}){0,3} 000(?![\d.,])"
        r"|(?<=[$€£])\d{1,3}(?: \d{3}){1,5}(?!\d)"
        r"|(?<![\d.,])\d{1,3}(?: \d{3}){1,5}(?=\s?(?:€|£|\$|eur\b|euros?\b|usd\b|dollars?\b|chf\b|kr\b|sek\b|nok\b|dkk\b"
        r"|pln\b|zl\b|czk\b|gbp\b"
        r"|(?:/|per |a |im |pro |par |al |por )\s?(?:month|mo\b|monat|mois|mes\b|year|jahr|an\b|ano\b)))"
    )


def join(match: re.Match[str]) -> str:
    return re.sub("[ '’]", ",", match.group())


def decimal_of(text: str) -> Decimal | None:
    """Read European and American notation; `1.500` and `1,500` are thousands, `1,5` and `1.5` are fractions."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace("'", "")
    marks = [c for c in plain if c in ",."]
    if marks and not (len(set(marks)) == 1 and len(marks) > 1) and len(plain) - plain.rfind(marks[-1]) != 4:
        head, tail = plain.rsplit(marks[-1], 1)
        plain = head.replace(",", "").replace(".", "") + "." + tail
    elif plain.startswith(("0.", "0,", ".")):
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", "").replace(".", "")
    try:
        value = Decimal(plain or "0")
    except InvalidOperation:
        return None
    return value if value.is_finite() and len(plain) <= 18 else None
