"""The pages of the store's own findings, for `groundplan explain`. Knows words only."""

from __future__ import annotations

PAGES = {
    "GP910": "The answers file is not valid TOML. The message names the line. Nothing was read from it and nothing in\n"
    "it was changed; each answer is one line: `hosting = \"Fly.io\"`.",
    "GP911": "A file or an answer holds bytes that are not UTF-8. Guessing the encoding would change words silently.",
    "GP912": "The answers file is larger than 256 KiB, which no set of answers needs.",
    "GP913": "A key or table is not one that groundplan reads, and looks like one that it does. Left alone it would\n"
    "change nothing without a word. Tables of other tools are kept and not looked at.",
    "GP914": "A key has a value of another kind than it needs, or one that is not among its choices.",
    "GP915": "The project's name becomes part of resource names, so it starts with a letter and holds lower-case\n"
    "letters, digits and `-`, 39 characters at most.",
    "GP916": "The answers file gives the project no name.",
    "GP917": "A key is set twice, and nobody can tell which of the two is meant.",
    "GP918": "An `[[ignore]]` needs the code that it silences and the reason why, and may have a last day (`until`).",
    "GP919": "The file is nested deeper than any answers file has to be.",
    "GP920": "The path may not be written: it leads out of the project, into another tool's folder or a file of\n"
    "secrets, cannot be stored on every system, or differs from another one in upper and lower case alone.",
    "GP921": "A part of the path is a symbolic link. Links are never followed, so that nothing outside the project\n"
    "can be read or written through one.",
    "GP922": "A folder, a pipe or a device lies where a file is needed, or a file where a folder is.",
    "GP923": "The file is larger than groundplan reads.",
    "GP930": "Another process is writing this project. The lock ends with that process, even if it is killed.",
    "GP931": "A file changed between planning and writing. Nothing was written, because it would have replaced that\n"
    "change.",
    "GP932": "The operating system refused to read or write. The files are as they were before.",
    "GP933": "The disk refused in the middle of renaming files into place. All new contents are on the disk, and the\n"
    "next command finishes the work first.",
    "GP934": "The record of an interrupted apply cannot be read. `groundplan check` shows which files are old and new.",
    "GP936": "The file system offers no locks, so two processes could write at once.",
    "GP937": "The answers file is arranged in a way that an edit of one key would change others. It was left alone.",
    "GP940": "`groundplan.lock` cannot be read, often after a merge. It remembers what groundplan wrote, and without\n"
    "it nobody can tell that from what a person wrote. It is never overwritten while it is damaged.",
    "GP941": "`groundplan.lock` was written by a newer groundplan.",
    "GP942": "The record of the last step cannot be read, so it is not known what the files were before it. No other\n"
    "step is taken in its place, and nothing was changed.",
}  # fmt: skip
