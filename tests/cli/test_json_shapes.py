"""JSON for programs: each command's document against its schema."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from groundplan.__main__ import run

Schema = dict[str, Any]  # Any: JSON values


def thing(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "number"}
RANGE = thing(floor=NUMBER, expected=NUMBER, ceiling=NUMBER)
DIAGNOSTIC = thing(
    code={"type": "string", "pattern": "^GP[0-9]{3}$"},
    name=TEXT,
    severity={"enum": ["error", "warning", "note"]},
    message=TEXT,
    why=TEXT,
    where={"type": ["object", "null"]},
    fix={"type": ["object", "null"]},
    source={"type": ["object", "null"]},
)
LINE = thing(
    component=TEXT, role=TEXT, sku=TEXT, region=MAYBE, meter=TEXT, quantity=RANGE, unit_price=NUMBER, monthly=RANGE,
    certainty={"enum": ["verified", "secondary", "unverified"]}, source=TEXT,
)  # fmt: skip
ESTIMATE = thing(
    currency=TEXT, as_of=TEXT, total=RANGE, lines=many(LINE), missing=many(thing(component=TEXT, price=TEXT)),
    verdict=thing(state=TEXT, text=TEXT),
)  # fmt: skip
READING = thing(
    question=TEXT, status={"enum": ["ok", "unclear", "unknown", "default"]}, value={"type": "object"},
    spans={"type": ["array", "object"]}, unclear=many(TEXT), follow_up=MAYBE, remarks={"type": "array"},
)  # fmt: skip
QUESTION = thing(
    number={"type": "integer"}, title=TEXT, requirement=TEXT, context=TEXT, prompt=TEXT, options=many(TEXT),
    examples=many(TEXT), blanks=many(TEXT), fills=many(thing(document=TEXT, section=TEXT)),
)  # fmt: skip
COMMANDS: list[tuple[str, Schema]] = [
    ("questions --json", thing(phase=TEXT, title=TEXT, questions=many(QUESTION))),
    ("catalog rules --json", thing(rules=many(thing(code=TEXT, name=TEXT, covers=many(TEXT))))),
    ("catalog platforms --json", thing(platforms=many(thing(key=TEXT, name=TEXT, services=many(TEXT))))),
    (
        "catalog regions --json",
        thing(regions=many(thing(provider=TEXT, code=TEXT, source=TEXT, certainty=TEXT))),
    ),
    ("catalog prices --json", thing(prices=many(thing(id=TEXT, amount=NUMBER, source=TEXT)))),
    ("estimate --defaults --json", ESTIMATE),
    ("check --defaults --json", thing(diagnostics=many(DIAGNOSTIC))),
    ("check --defaults --format json", thing(diagnostics=many(DIAGNOSTIC))),
    ("read --question budget --json $100", READING),
    (
        "review --defaults --json",
        thing(
            readings=many(READING),
            diagnostics=many(DIAGNOSTIC),
            estimate=ESTIMATE,
            files=many(thing(path=TEXT)),
        ),
    ),
    ("apply --defaults --yes --json", thing(files=many(thing(path=TEXT, change=TEXT)))),
    ("explain GP301 --json", thing(code=TEXT, name=TEXT, page=TEXT)),
    ("doctor --json", thing(version=TEXT, checks=many(thing(check=TEXT, ok={"type": "boolean"})))),
]


@pytest.mark.parametrize(("line", "schema"), COMMANDS, ids=[line for line, _ in COMMANDS])
def test_the_document_has_its_shape(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    schema: Schema,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(line.split()) in (0, 1)
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, schema)
    assert document["format_version"] == 1


def test_json_lines_keep_order_and_ids(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"id": "a", "question": "budget", "text": "$100 a month"},
        {"id": "b", "question": "hosting", "text": "Fly.io"},
        {"id": "c", "question": "iac", "text": ""},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert run(["read", "--jsonl"]) == 0
    readings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["id"], r["question"]) for r in readings] == [("a", "budget"), ("b", "hosting"), ("c", "iac")]
    assert readings[0]["value"]["amount"] == 100
    for reading in readings:
        jsonschema.validate(reading, READING)


@pytest.mark.parametrize(
    "line", ["{", "[]", "{}", '{"question": "nothing", "text": "x"}', '{"question": "budget"}']
)
def test_a_wrong_json_line_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode() + b"\n")))
    assert run(["read", "--jsonl"]) == 2
    assert "line 1" in capsys.readouterr().err
