"""The pages of findings about the application's own files, for `groundplan explain`. Knows words only."""

from __future__ import annotations

PAGES = {
    "GP151": "Two files of the project say different things of the application. The code can follow one of them only; the "
    "finding names both places and which one was used. Make them agree, or set the value: "
    "`groundplan change app.port 3000`. A set value wins over every file.",
    "GP152": "A file that may show how the application runs was not read: it is a link, larger than 1 MB, not text or not "
    "in the format that its name promises. What it would have said is missing; state it with `groundplan change app.port` "
    "and its like.",
    "GP153": "A file names a process that the plan does not hold: a worker, a release step, a second service. The plan runs "
    "the one that answers requests.",
    "GP154": "A value that was set in groundplan.toml differs from what a file of the project says. The set value is used. "
    "`groundplan change app.port --forget` lets the file speak again.",
    "GP155": "A line of a file was understood and yet could not be used; the finding says why.",
}
