"""What the TOML and YAML writers write parses back equal, whatever the text."""

import tomllib
from decimal import Decimal

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from groundplan.syntax import toml, yaml

HOSTILE = [
    "", " ", "yes", "No", "null", "~", "1e5", "0x1F", "1_000", "12:30:45", "2026-01-01", "- a", "a: b", "a #b",
    "a\nb", "a\nb\n", "\n", "\n\na", "a\n\n", "  a\nb", "a\n  b", "a\n \nb", "tab\there", "\tb", "\r\n", "\x00\x1b",
    "\x7f\x85\u2028\ufeff", "'\"\\", '"""', "{{ x }}", "$(rm -rf /)", "!tag", "&a", "*a", "%YAML", "@a", "`a`",
    "é 日本 😀", "...", "---", "=", "<<", "[", "{}", "a ", "#", "?", ":",
]  # fmt: skip

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)


def nested(scalars):
    keys = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=20,
    )


def tables(scalars):
    return st.dictionaries(
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12), nested(scalars)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_from_both_formats(text):
    assert tomllib.loads(toml.write({"k": text, text: "v"})) == ({"k": text} | {text: "v"})
    assert pyyaml.safe_load(yaml.write({"k": text, "list": [text, {text: text}]})) == {
        "k": text,
        "list": [text, {text: text}],
    }


@given(tables(texts | st.integers(-(2**63), 2**63 - 1) | st.booleans() | decimals))
def test_toml_parses_back_equal(table):
    assert tomllib.loads(toml.write(table), parse_float=Decimal) == table


@given(nested(texts | st.integers() | st.booleans() | st.none()))
def test_yaml_parses_back_equal(value):
    assert pyyaml.safe_load(yaml.write(value)) == value


@given(decimals)
def test_yaml_keeps_decimals_as_numbers(value):
    assert pyyaml.safe_load(yaml.write({"n": value}))["n"] == float(value)


def test_toml_is_readable_and_keeps_the_order():
    table = {
        "b": "2", "a": {"z": True, "inner": {"x": [1, 2]}}, "rows": [{"n": 1, "sub": {"m": 2}}, {"n": 2}], "empty": {}
    }  # fmt: skip
    text = toml.write(table, {"a": "Why a is here\nand more", "rows": "Only above the first", "b": "Top"})
    assert text == (
        '# Top\nb = "2"\n\n# Why a is here\n# and more\n[a]\nz = true\n\n[a.inner]\nx = [1, 2]\n\n'
        "# Only above the first\n[[rows]]\nn = 1\n\n[rows.sub]\nm = 2\n\n[[rows]]\nn = 2\n\n[empty]\n"
    )


def test_yaml_is_readable_and_keeps_the_order():
    value = {
        "groups": [
            {"name": "app", "expr": "a\n  > 5\n", "on": True, "none": None, "l": [], "m": {}},
            "x",
            [1],
        ]
    }
    assert yaml.write(value) == (
        'groups:\n  - name: app\n    expr: |\n      a\n        > 5\n    "on": true\n    none: null\n    l: []\n'
        "    m: {}\n  - x\n  -\n    - 1\n"
    )


def test_what_neither_format_can_hold_is_refused():
    with pytest.raises(ValueError):
        toml.write({"k": "\ud800"})
    with pytest.raises(ValueError):
        yaml.write({"k": Decimal("NaN")})
    with pytest.raises(ValueError):
        yaml.write({"k" * 501: 1})
