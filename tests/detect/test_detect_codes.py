"""Every finding about the application has a page, and no page is about nothing."""

from __future__ import annotations

import re
from pathlib import Path

import groundplan.detect
from groundplan.detect.codes import PAGES
from groundplan.detectors import detectors, entries


def test_each_code_has_its_page():
    text = Path(groundplan.detect.__file__).with_name("findings.py").read_text("utf-8")
    assert set(re.findall(r'"(GP\d{3})"', text)) == set(PAGES)
    assert all(len(page) > 30 and page.endswith(".") for page in PAGES.values())


def test_the_index_names_every_detector_in_the_order_in_which_it_wins():
    assert [e.paths for e in entries()] == [d.paths for d in detectors()]
