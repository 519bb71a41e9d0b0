"""Single edits of groundplan.toml: the value arrives, everything else stays."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.errors import StoreError
from groundplan.model.answer import Answer, Answers, Ignore, Project
from groundplan.model.application import AppAnswer
from groundplan.store import Workspace, parse_answers
from groundplan.store.answers_edit import Edit, all_edits, answer_edits, edited

FILE = """\
# Our notes stay.
[project]
name = "orders"   # asked for by legal

[answers]
# why: see the decision of March
hosting = "Fly.io"   # not AWS
regions = '''
Frankfurt
'''

[their_tool]
key = [ 1,
  2 ]
"""

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
REPLIES = st.lists(TEXT, max_size=3).map(tuple)
ANSWERS = st.builds(Answer, TEXT, st.sampled_from(["default", "detected", "file", "answered"]), REPLIES)


def read(text: str) -> Answers:
    answers, problems = parse_answers(text)
    assert answers is not None and problems == ()
    return answers


def test_an_edit_keeps_comments_order_and_unknown_tables():
    after = edited(FILE, answer_edits("hosting", Answer("AWS")))
    assert after == FILE.replace('"Fly.io"', '"AWS"')


def test_a_new_answer_gets_its_place_and_its_origin():
    after = edited(FILE, answer_edits("budget", Answer("$100", "default", ("a month",))))
    for line in FILE.splitlines():
        assert line in after
    assert read(after).answers["budget"] == Answer("$100", "default", ("a month",))
    assert read(after).answers["hosting"] == Answer("Fly.io")


def test_an_answer_is_taken_away_with_its_replies_and_origin():
    more = edited(FILE, answer_edits("budget", Answer("$100", "default", ("a month",))))
    less = edited(more, answer_edits("budget", None))
    assert read(less) == read(FILE)
    assert "budget" not in less


def test_saving_what_is_there_changes_no_byte():
    assert edited(FILE, answer_edits("hosting", Answer("Fly.io"))) is FILE


@pytest.mark.parametrize(
    "corrections",
    ["", "[corrections]\n", '[corrections]\n"scaling.max_instances" = 3 # mine\n',
     "[corrections.scaling]\nmax_instances = 3 # mine\n", "[corrections]\nscaling.max_instances = 3 # mine\n",
     "[corrections.scaling]\nmin_instances = 1\n", "[corrections]\nscaling = { max_instances = 3 }\n"],
)  # fmt: skip
def test_a_correction_is_set_where_it_is_written_and_can_be_taken_away(corrections):
    text = FILE + "\n" + corrections
    after = edited(text, (Edit("corrections", "scaling.max_instances", 8),))
    assert read(after).corrections["scaling.max_instances"] == 8
    assert ("# mine" in after) == ("# mine" in text)
    gone = edited(after, (Edit("corrections", "scaling.max_instances", None),))
    assert "scaling.max_instances" not in read(gone).corrections


@pytest.mark.parametrize("value", [True, 7, "x", Decimal("99.50"), ["a", "b"], [1, 2], {"a": 1}, 1.5, -3])
def test_a_correction_of_any_kind_comes_back(value):
    wanted = {"f.x.a": 1} if isinstance(value, dict) else {"f.x": value}
    for text in (None, FILE):
        assert read(edited(text, (Edit("corrections", "f.x", value),))).corrections == wanted


def test_windows_line_ends_and_byte_order_mark_stay():
    text = "\ufeff" + FILE.replace("\n", "\r\n")
    after = edited(text, answer_edits("budget", Answer("$1\n$2", "answered", ("x",))))
    assert after.startswith("\ufeff#") and after.replace("\r\n", "").count("\n") == 0
    assert read(after.removeprefix("\ufeff")).answers["budget"].text == "$1\n$2"


@given(ANSWERS, st.sampled_from([None, FILE, FILE.replace("\n", "\r\n")]))
@settings(max_examples=150, deadline=None)
def test_any_text_comes_back_as_it_was_typed(answer, text):
    assert read(edited(text, answer_edits("budget", answer))).answers["budget"] == answer


SETS = st.builds(
    Answers,
    project=st.builds(Project, name=st.just("orders"), quality=st.sampled_from(["prototype", "secure"])),
    answers=st.dictionaries(st.sampled_from(["hosting", "regions", "what-about-it"]), ANSWERS),
    corrections=st.dictionaries(st.sampled_from(["a.b", "a.c", "b.c"]), st.integers() | TEXT | st.booleans()),
    ignores=st.lists(st.builds(Ignore, code=st.just("GP301"), because=st.just("x")), max_size=2).map(tuple),
    app=st.builds(AppAnswer, port=st.integers(1, 65535)),
)


@given(SETS, SETS)
@settings(max_examples=60, deadline=None)
def test_a_whole_set_replaces_another(first, second):
    text = edited(None, all_edits(first))
    assert read(text) == first
    assert read(edited(text, all_edits(second, first))) == second


def test_a_set_over_somebody_s_file_keeps_their_words():
    answers = msgspec.structs.replace(read(FILE), answers={"hosting": Answer("AWS")})
    after = edited(FILE, all_edits(answers, read(FILE)))
    assert "# Our notes stay." in after and "# not AWS" in after and "key = [ 1,\n  2 ]" in after
    assert read(after) == answers


@pytest.mark.parametrize(
    ("text", "edit", "code"),
    [
        ('[project]\nname = "x\n', Edit("answers", "a", "b"), "GP910"),
        ('[a]\n[a]\n', Edit("answers", "a", "b"), "GP917"),
        (FILE, Edit("answers", "a", "x" * 300_000), "GP912"),
        (FILE, Edit("answers", "a", "\ud800"), "GP911"),
        (FILE, Edit("corrections", "a.b", object()), "GP914"),
        (FILE, Edit("corrections", "a.b", Decimal("NaN")), "GP914"),
        (None, Edit("corrections", "a.b", float("inf")), "GP914"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_before_writing(text, edit, code):
    with pytest.raises(StoreError) as told:
        edited(text, (edit,))
    assert told.value.code == code and told.value.fix


def test_a_broken_file_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "groundplan.toml").write_bytes(b'[project]\nname = "x\n')
    with pytest.raises(StoreError) as told:
        Workspace(tmp_path).set_answer("hosting", Answer("Fly"))
    assert told.value.code == "GP910" and "line 2" in told.value.message
    assert (tmp_path / "groundplan.toml").read_bytes() == b'[project]\nname = "x\n'


def test_the_first_save_makes_a_file_named_after_the_folder(tmp_path):
    workspace = Workspace(tmp_path / "My Shop")
    assert workspace.load_answers() == (None, ())
    workspace.set_answer("hosting", Answer("Fly", "answered"))
    text = (tmp_path / "My Shop" / "groundplan.toml").read_text()
    assert text.startswith("# ") and 'name = "my-shop"' in text
    answers, problems = workspace.load_answers()
    assert problems == () and answers and answers.answers == {"hosting": Answer("Fly", "answered")}


def test_saving_keeps_the_rights_of_the_file(tmp_path):
    path = tmp_path / "groundplan.toml"
    path.write_text(FILE)
    path.chmod(0o640)
    Workspace(tmp_path).set_project(Project(name="shop"))
    assert path.stat().st_mode & 0o777 == 0o640 and 'name = "shop"   # asked for by legal' in path.read_text()
