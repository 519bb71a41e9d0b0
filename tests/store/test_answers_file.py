"""groundplan.toml as people write it: what is read, and how each mistake is told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.model.answer import Answer, Ignore
from groundplan.phases import builtin
from groundplan.store import check_questions, parse_answers, parse_answers_bytes, suggest_name

GOOD = """\
# ours
[project]
name = "orders"
quality = "secure"

[app]
image = "ghcr.io/acme/orders:1.2"
port = 8000
health_path = "/healthz"

[answers]
hosting = "Fly.io"
budget = "$100"

[replies]
hosting = ["in Frankfurt", "yes"]

[origins]
budget = "default"

[corrections]
"scaling.max_instances" = 8
[corrections.budget]
amount = 99.50

[[ignore]]
code = "GP301"
because = "measured: requests are enough"
until = 2026-12-31

[somebody_else]
x = 1
"""


def test_everything_in_a_good_file_is_read():
    answers, problems = parse_answers(GOOD)
    assert problems == () and answers is not None
    assert (answers.project.name, answers.project.quality) == ("orders", "secure")
    assert answers.answers == {
        "hosting": Answer("Fly.io", "file", ("in Frankfurt", "yes")),
        "budget": Answer("$100", "default"),
    }
    assert {k: str(v) for k, v in answers.corrections.items()} == {
        "scaling.max_instances": "8",
        "budget.amount": "99.50",
    }
    assert answers.ignores == (
        Ignore(code="GP301", because="measured: requests are enough", until="2026-12-31"),
    )
    assert (answers.app.image, answers.app.port, answers.app.health_path) == (
        "ghcr.io/acme/orders:1.2",
        8000,
        "/healthz",
    )


HEAD = '[project]\nname = "orders"\n'
WRONG = [
    # text, code, line, words of the message or of the fix
    ('[project]\nname = "orders\n', "GP910", 2, "Illegal character"),
    (HEAD + "hosting Fly\n", "GP910", 3, "Expected '='"),
    (HEAD + "[answers]\nhosting = Fly\n", "GP910", 4, "Invalid value"),
    (HEAD + '[answers]\nhosting = "a"\nregions = "b"\nhosting = "c"\n', "GP917", 6, "in line 4 and again in line 6"),
    (HEAD + '[answers]\na = "a"\n[app]\nport = 1\n[answers]\n', "GP917", 7, "in line 3 and again in line 7"),
    (HEAD + '[answers]\nhosting = """\n[app]\nhosting = 5\n"""\nhosting = "x"', "GP917", 8, "in line 4 and again"),
    (HEAD + "qualty = 'secure'\n", "GP913", 3, "write `quality`"),
    (HEAD + '[anwsers]\nhosting = "x"\n', "GP913", 3, "write `[answers]`"),
    (HEAD + "[app]\nprot = 80\n", "GP913", 4, "write `port`"),
    (HEAD + '[answers]\nhosting = "x"\n[origins]\nhostng = "file"\n', "GP913", 6, "write `hosting`"),
    (HEAD + '[replies]\nhosting = ["x"]\n', "GP913", 4, "remove it"),
    (HEAD + '[corrections]\nmax_instances = 8\n', "GP913", 4, "scaling.max_instances"),
    (HEAD + 'quality = "prod"\n', "GP914", 3, "use one of experiment, prototype, production, secure"),
    (HEAD + 'quality = "secrue"\n', "GP914", 3, 'write `"secure"`'),
    (HEAD + "quality = 3\n", "GP914", 3, "`3`"),
    (HEAD + "[answers]\nhosting = 5\n", "GP914", 4, '`hosting = "…"`'),
    (HEAD + '[answers.hosting]\ntext = "x"\n', "GP914", 3, "`hosting` of `[answers]`"),
    (HEAD + '[answers]\nhosting = "x"\n[replies]\nhosting = "y"\n', "GP914", 6, "list of texts"),
    (HEAD + '[answers]\nhosting = "x"\n[origins]\nhosting = "guess"\n', "GP914", 6, "use one of default"),
    (HEAD + "[app]\nport = 99999\n", "GP914", 4, "1 to 65535"),
    (HEAD + "[app]\nport = true\n", "GP914", 4, "1 to 65535"),
    (HEAD + '[app]\nimage = "a b"\n', "GP914", 4, "an image"),
    (HEAD + '[app]\nhealth_path = "healthz"\n', "GP914", 4, "a path"),
    (HEAD + '[app]\nhealth_path = "/a${b}"\n', "GP914", 4, "a path"),
    (HEAD + "[corrections]\n'budget.amount' = nan\n", "GP914", 4, "finite number"),
    (HEAD + "[corrections]\n'budget.amount' = -inf\n", "GP914", 4, "finite number"),
    (HEAD + "[corrections]\n'a.b' = 2026-01-01\n", "GP914", 4, "finite number"),
    (HEAD + "[corrections]\n'a.b' = 1\n[corrections.a]\nb = 2\n", "GP917", 3, "`a.b` is corrected twice"),
    (HEAD + "ignore = 3\n", "GP913", 3, "`ignore` is no key of `[project]` here"),
    ("answers = 3\n" + HEAD, "GP914", 1, "`[answers]`"),
    ("ignore = 3\n" + HEAD, "GP914", 1, "`[[ignore]]`"),
    ("project = 'orders'\n", "GP914", 1, "`[project]`"),
    (HEAD + '[[ignore]]\ncode = "GP3"\nbecause = "x"\n', "GP918", 3, "GP301"),
    (HEAD + '[[ignore]]\ncode = "GP301"\n', "GP918", 3, "because"),
    (HEAD + '[[ignore]]\ncode = "GP301"\nbecause = " "\n', "GP918", 3, "because"),
    (HEAD + '[[ignore]]\ncode = "GP301"\nbecause = "x"\nuntil = "soon"\n', "GP918", 3, "2026-12-31"),
    ('[project]\nname = "Orders API"\n', "GP915", 2, "orders-api"),
    ('[project]\nname = "../../etc/x"\n', "GP915", 2, "etc-x"),
    ('[project]\nname = "9"\n', "GP915", 2, '"app"'),
    ('[answers]\nhosting = "Fly"\n', "GP916", None, 'name = "orders"'),
    ("", "GP916", None, "name"),
    ("x = " + "[" * 5000, "GP919", None, "flatten"),
    ("x = " + "{a=" * 5000, "GP919", None, "flatten"),
    ("a." * 100_000 + "a = 1", "GP919", None, "flatten"),
    ('"a".' * 50_000 + '"a" = 1', "GP919", None, "flatten"),
    ("x = " + "9" * 5000, "GP910", None, "4300"),
    (HEAD + 'x = "\x1b"\n', "GP910", 3, "Illegal character"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "words"), WRONG)
def test_a_mistake_is_told_with_its_code_line_and_way_out(text, code, line, words):
    started = time.process_time()
    _, problems = parse_answers(text, "my.toml")
    assert time.process_time() - started < 2
    told = next(p for p in problems if p.code == code)
    assert told.severity == "error" and told.fix and told.where
    assert (told.where.path, told.where.line) == ("my.toml", line)
    assert words in told.message + told.fix.text
    assert not told.message.endswith(".") and len(told.message) < 300


def test_one_mistake_does_not_hide_the_rest_of_the_file():
    answers, problems = parse_answers(
        HEAD + '[answers]\nhosting = 5\nregions = "Frankfurt"\n[app]\nport = "x"\n'
    )
    assert [p.where.line for p in problems if p.where] == [4, 7]
    assert answers is not None and answers.answers == {"regions": Answer("Frankfurt")}


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"\xff\xfe[\x00p\x00", "GP911", 1),
        (HEAD.encode() + b'[answers]\nhosting = "caf\xe9"\n', "GP911", 4),
        (b"# " + b"x" * (256 * 1024), "GP912", None),
        (b"\x00" * 10, "GP910", 1),
    ],
)
def test_bytes_that_are_no_answers_file_are_told(content, code, line):
    answers, problems = parse_answers_bytes(content)
    assert answers is None
    assert [(p.code, p.where.line) for p in problems if p.where] == [(code, line)]


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(change):
    answers, problems = parse_answers_bytes(change(GOOD).encode())
    assert problems == () and answers == parse_answers(GOOD)[0]


def test_a_question_that_the_phase_does_not_ask_is_told_with_the_nearest():
    text = HEAD + '[answers]\nhostin = "x"\nregions = "y"\n'
    answers, _ = parse_answers(text)
    assert answers is not None
    (told,) = check_questions(answers.answers, builtin(), text)
    assert told.code == "GP913" and told.where and told.where.line == 4
    assert told.fix and told.fix.text == "write `hosting`"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My Project", "my-project"),
        ("../..", "app"),
        ("1st", "st"),
        ("é", "app"),
        ("x" * 80, "x" * 39),
        ("", "app"),
    ],
)
def test_the_suggested_name_is_one_that_fits(text, name):
    assert suggest_name(text) == name
    assert parse_answers(f'[project]\nname = "{name}"\n')[1] == ()


VALUES = st.recursive(
    st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
TABLES = st.sampled_from(
    ["project", "answers", "replies", "origins", "corrections", "app", "ignore", "other"]
)


@given(
    st.dictionaries(
        TABLES,
        st.one_of(
            VALUES,
            st.dictionaries(
                st.sampled_from(["name", "quality", "phase", "hosting", "port", "image", "code", "a.b"]),
                VALUES,
            ),
        ),
    )
)
def test_no_document_of_any_shape_raises(document):
    import tomlkit

    try:
        text = tomlkit.dumps(document)
    except Exception:  # what tomlkit cannot write is no case here
        return
    answers, problems = parse_answers(text)
    assert answers is not None or problems


HUGE = {
    "many wrong keys": HEAD + "[answers]\n" + "".join(f"k{i} = 1\n" for i in range(20_000)),
    "many unknown keys": HEAD + "".join(f"k{i} = 1\n" for i in range(20_000)),
    "many empty ignores": HEAD + "[[ignore]]\n" * 18_000,
    "a key twice, far apart": HEAD
    + "[answers]\n"
    + "".join(f"k{i} = 1\n" for i in range(20_000))
    + "k0 = 1\n",
    "one long word": "a" * 250_000 + " = 1",
    "long words with dots": ("a" * 1000 + ".") * 250 + " = 1",
    "many quotes": HEAD + 'x = """' + '""\\"' * 50_000 + '"""',
    "a long answer of dots": HEAD + '[answers]\na = "' + "a." * 100_000 + '"',
}


@pytest.mark.parametrize("name", HUGE)
def test_a_large_file_is_told_in_a_second_and_in_few_findings(name):
    started = time.process_time()
    _, problems = parse_answers(HUGE[name])
    assert time.process_time() - started < 2
    assert 1 <= len(problems) <= 50


@given(st.text(alphabet="[]{}\"'=.#\n \\abné,0", max_size=80))
def test_no_text_raises(text):
    answers, problems = parse_answers(text)
    assert answers is not None or problems
