"""The pages of findings that are not rules, for `explain`. Knows words; those of the rules are their docstrings."""

from __future__ import annotations

_OWN = {
    "GP960": "The command line was not understood. `groundplan --help` names the commands, and each command's own\n"
    "`--help` names its flags.",
    "GP961": "The file of answers that a flag named is not there or cannot be read. Nothing was done.",
    "GP962": "The file of answers is not TOML, or has another shape than `[project]` and `[answers]` with one line of\n"
    "text for each question. Nothing was done.",
    "GP963": "An answer was given to a question that this phase does not ask. `groundplan questions` lists the keys.",
    "GP964": "A question has no answer, and nobody is there to be asked. Give it with `--data KEY=TEXT` or with\n"
    "`--answers-file FILE`, or take the recommended defaults with `--defaults`; those are marked to be confirmed.",
    "GP965": "The interview needs a terminal. Without one, answers come from `--data`, `--answers-file` or\n"
    "`--defaults`.",
    "GP966": "An answer holds something that looks like a password, a token or a key. It was not stored anywhere.\n"
    "Name the secret instead of giving its value; the generated code reads secrets from the platform's own store.",
    "GP967": "The document given with `--phase` cannot be read, or holds no question in the expected form.",
    "GP968": "The code is not known. `groundplan catalog rules` lists all.",
    "GP969": "A file that `[facts] own` names cannot be read, or a row of it has no source, no reason, another unit or\n"
    "another fault; the message names the file and the line. Nothing was computed, because a wrong price is worse than none.",
    "GP970": "A public price list cannot be reached or cannot be trusted: it has another shape, two prices for one thing,\n"
    "another unit, a price that moved more than tenfold, or it continues on another host. Nothing was changed.",
    "GP971": "A finding is accepted with a reason, and if it should not hold for ever with a last day:\n"
    '`groundplan accept GP403 --because "…" --until 2026-12-31`. Findings about the tool itself cannot be accepted.',
    "GP972": "No filled document was found from which answers could be taken, or there are answers already. Nothing\n"
    "is ever invented: a field that no reader understands is shown and left out.",
    "GP973": "Nothing was written here that could be taken back, or it was written by another copy of the project: the\n"
    "last 20 steps are kept in `.groundplan`, which is not committed. git takes back what was committed.",
    "GP974": "A person edited a file after the step that is to be taken back, so it was not replaced, and nothing else\n"
    "was either. `groundplan undo --overwrite PATH` replaces it and keeps the edit under `.groundplan/backup`.",
    "GP975": "What was to be printed could not be: the disk is full, or the device refused. The exit code is 4, so that\n"
    "a pipeline does not take half a report for a whole one. Files that were written before it stay written.",
    "GP010": "The phase document holds no question in the expected form: a heading\n"
    "`### Question 1: Title (requirement)` with a fenced block below it that asks.",
    "GP011": "Two questions of the phase document have the same number.",
    "GP012": "A question of the phase document has no fenced block; its title is asked instead.",
    "GP013": "A question of the phase document does not say which section it fills, so its answer reaches no document.",
    "GP701": "A person wrote into a field that groundplan fills. It was kept. Clear it to have it filled, or change\n"
    "the answer so that both say the same.",
    "GP702": "A document has the same heading twice, and the wrong one might be filled, so neither was.",
    "GP703": "A document is not UTF-8 text. An edit could damage what is around it, so nothing was written.",
    "GP704": "A document was left as it is, because an edit would have changed more than the field.",
    "GP705": "A document has no heading for a section, and one that speaks of the section and of something else, such as\n"
    "`Infrastructure: a history`. Nothing was written. `groundplan apply --into PATH:LINE` puts the fields below it,\n"
    "`--into PATH:new` below a heading of their own; said once, either is seen again from what then stands there.",
    "GP901": "The facts or the questions that ship with groundplan cannot be read. The installation is damaged.",
    "GP902": "A folder of rules, platforms or other knowledge is inconsistent. The installation is damaged.",
    "GP903": "A rule stopped with an error of its own. Everything else was checked; what this rule looks for was not.",
    "GP904": "An ignore has passed its last day, and the finding that it silenced counts again.",
    "GP905": "An ignore silences nothing. It would hide the finding if that came back, so it should go.",
    "GP906": "An ignore gives no reason, so it does not hold.",
}


def pages() -> dict[str, str]:
    """Every page by its code."""
    from groundplan.detect.codes import PAGES as application
    from groundplan.drift.codes import PAGES as drift
    from groundplan.store.codes import PAGES as store

    return _OWN | application | store | drift
