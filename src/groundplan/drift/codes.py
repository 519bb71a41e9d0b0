"""The pages of the drift findings, for `groundplan explain`. Knows words only."""

from __future__ import annotations

_OVERWRITE = (
    "Name the file with `groundplan apply --overwrite PATH` to replace it; what was there is kept under\n"
    "`.groundplan/backup`. To keep it, say what it should be in the answers."
)

PAGES = {
    "GP801": f"A generated file was changed by a person, so the apply wrote nothing at all. {_OVERWRITE}",
    "GP802": f"A file that groundplan did not write is where one of its own belongs. {_OVERWRITE}",
    "GP803": "A generated file is no longer part of the plan. A person had changed it, so it stays and is theirs.",
    "GP811": "The answers compile to other code than what was last written: somebody changed an answer, or groundplan\n"
    "itself was updated. `groundplan apply --diff` shows every line.",
    "GP812": "The answers compile to other words than the documents hold. `groundplan apply --diff` shows every line.",
    "GP813": "A person changed a line that groundplan had written, and it reads as another answer. It is never replaced.\n"
    "Take it as the answer with the command that the finding gives, or remove the line and apply again.",
    "GP817": "A person put a line that groundplan had written into other words; read back, it says what the answers say,\n"
    "or it is one that is computed. The words stay. They are not kept up to date when the answers change.",
    "GP818": "A person changed a line that groundplan had written, and no reader understood an answer in it. The words\n"
    "stay; what they mean for the code has to be said in the answers.",
    "GP819": "The generated code was made for another port, health path, image or command than the project shows now:\n"
    "a Dockerfile or its like changed, or the value was set. Deployed like this, the new version never becomes healthy.\n"
    "Apply again, or set the old value: `groundplan change app.port 8080`.",
    "GP814": f"Generated code was edited by hand. {_OVERWRITE}",
    "GP815": "A generated file was removed by hand. `groundplan apply` writes it again; to be rid of it, change the\n"
    "answer that asks for it.",
    "GP816": f"A file that groundplan did not write is where one of its own belongs. {_OVERWRITE}",
}
