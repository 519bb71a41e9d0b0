"""Every finding of the store and of drift has a page, and no page is about nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import groundplan.drift
import groundplan.store
from groundplan.drift import codes as drift_codes
from groundplan.store import codes as store_codes


@pytest.mark.parametrize(
    ("package", "pages"),
    [(groundplan.store, store_codes.PAGES), (groundplan.drift, drift_codes.PAGES)],
)
def test_each_code_has_its_page(package, pages):
    folder = Path(package.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "codes.py"]
    raised = {code for text in sources for code in re.findall(r'"(GP[89]\d{2})"', text)}
    assert raised == set(pages)
    assert all(len(page) > 30 and page.endswith((".", "`.")) for page in pages.values())
