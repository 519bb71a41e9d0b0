"""The three documents: filled, edited by a person, behind the answers."""

from __future__ import annotations

import msgspec
import pytest

from groundplan.drift import Changes, drift, plan_changes
from groundplan.model.diagnostic import Where
from groundplan.model.files import File
from groundplan.model.spec import Field, SectionFill
from groundplan.store import Generation
from groundplan.syntax.quoting import apart

DOCUMENT = "docs/specs/codebase_spec.md"
OTHER = "docs/specs/technical_design_spec.md"


class Compiled(msgspec.Struct, frozen=True):
    sections: tuple[SectionFill, ...]
    files: tuple[File, ...] = ()


def compiled(provider: str, document: str = DOCUMENT) -> Compiled:
    fields = (Field(label="Provider", text=provider), Field(label="Regions/Zones", text="Frankfurt"))
    return Compiled((SectionFill(key="k", document=document, heading=("Infrastructure",), fields=fields),))


def planned(what: Compiled, text: str | None, generation: Generation) -> Changes:
    tree = {DOCUMENT: text.encode()} if text is not None else {}
    return plan_changes(what, tree.get, generation)


def applied(what: Compiled, text: str | None = None) -> tuple[str, Generation]:
    changes = planned(what, text, Generation())
    content = changes.writes[DOCUMENT]
    assert content is not None
    return content.decode(), changes.generation


def test_a_filled_document_shows_no_drift():
    text, generation = applied(compiled("Fly.io"), "# Spec\n\n## Infrastructure\n\n- **Provider:** ___\n")
    assert "Fly.io" in text and {w.label for w in generation.written} == {"Provider", "Regions/Zones"}
    changes = planned(compiled("Fly.io"), text, generation)
    assert (changes.writes, drift(changes), changes.generation) == ({}, (), generation)


def test_a_missing_document_and_changed_answers_are_behind():
    text, generation = applied(compiled("Fly.io"))
    for before, lock in ((None, Generation()), (text, generation)):
        (told,) = drift(planned(compiled("AWS"), before, lock))
        assert told.code == "GP812" and told.severity == "error" and f"`{DOCUMENT}`" in told.message
        assert told.fix and told.fix.text == "groundplan apply"


def test_a_person_s_edit_is_kept_and_told_with_its_line():
    text, generation = applied(compiled("Fly.io"))
    edited = text.replace("Fly.io", "Fly.io, since March")
    changes = planned(compiled("AWS"), edited, generation)
    assert changes.writes == {}
    told = next(d for d in drift(changes) if d.code == "GP813")
    assert told.severity == "warning" and "Fly.io, since March" in told.message and "AWS" in told.message
    assert told.where and told.where.path == DOCUMENT and told.where.line
    assert "Fly.io, since March" in edited.splitlines()[told.where.line - 1]


def test_applying_code_alone_forgets_nothing_of_the_documents():
    text, generation = applied(compiled("Fly.io"))
    changes = plan_changes(compiled("AWS"), {DOCUMENT: text.encode()}.get, generation, only="code")
    assert changes.documents == () and changes.generation == generation


def test_applying_documents_alone_forgets_nothing_of_the_code():
    lock = Generation(files={"fly.toml": "0" * 64})
    changes = plan_changes(compiled("AWS"), {}.get, lock, only="documents")
    assert changes.generation.files == lock.files and list(changes.writes) == [DOCUMENT]


def test_sections_of_one_document_are_filled_together():
    first, second = compiled("Fly.io"), compiled("Fly.io", OTHER)
    more = SectionFill(
        key="m", document=DOCUMENT, heading=("More",), fields=(Field(label="Budget", text="100 USD"),)
    )
    changes = planned(Compiled((*first.sections, *second.sections, more)), None, Generation())
    assert [d.path for d in changes.documents] == [DOCUMENT, OTHER]
    assert "100 USD" in (changes.documents[0].after).decode()


APART = [
    ("a b", "a c", "a b", "a c"),
    ("w " * 40 + "x 1", "w " * 40 + "y 1", "… w x 1", "… w y 1"),
    ("w " * 40 + "x", "w " * 40, "… w x", "… w"),
    ("", "w " * 40, "", "w " * 29 + "w…"),
]


@pytest.mark.parametrize(("one", "other", "first", "second"), APART)
def test_a_message_shows_where_two_texts_part(one, other, first, second):
    assert apart(one.strip(), other.strip()) == (first, second)


def test_what_was_a_person_s_from_the_start_is_noted_at_its_line():
    text, generation = applied(
        compiled("Fly.io"), "# Spec\n\n## Infrastructure\n\n- **Provider:** our cellar\n"
    )
    (told,) = drift(planned(compiled("Fly.io"), text, generation))
    assert (told.code, told.severity) == ("GP701", "note") and "our cellar" in told.message
    assert told.where == Where(path=DOCUMENT, line=5)
