"""The interview's loop: show a step, take a line, carry out what it means. Knows the order; judges nothing itself.

Every answer is on disk before the next step is derived, and each step is derived from the disk and one cursor.
"""

from __future__ import annotations

from typing import Any, assert_never

import msgspec

from groundplan.ask import (
    Ask,
    Clarify,
    Correct,
    Deepen,
    Effect,
    Go,
    Interview,
    Keep,
    Leave,
    Level,
    Review,
    SetLevel,
    Step,
    Suggestion,
    Tell,
    Write,
    current,
    questions_for,
    respond,
    word_of,
)
from groundplan.cli import steps
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings
from groundplan.cli.prompt import prompt
from groundplan.cli.session import compiled, decided, open_session, refuse_secret, stored_answers
from groundplan.cli.stop import CLEAN, UNANSWERED, Stop
from groundplan.cli.terminal import safe
from groundplan.cli.views import asking
from groundplan.cli.views.findings import one_line
from groundplan.model.answer import Answer, Answers


class Conversation:
    """One run of the interview in one terminal."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._device = settings.device
        self._session = open_session(settings)
        self._cursor: str | None = None
        self._shown: Step | None = None
        self._end: int | None = None
        self._keep_flags()
        earlier = tuple(answer.text for answer in self._answers.answers.values())
        self._prompt = prompt(self._device, settings.plain, earlier, steps.catalogue)

    @property
    def resume(self) -> str:
        """The command that goes on where this stopped."""
        words = ["groundplan"]
        if self._settings.project != ".":
            words += ["--project", self._settings.project]
        if self._settings.phase:
            words += ["--phase", self._settings.phase]
        return " ".join(words)

    def run(self) -> int:
        """Go on until the person leaves or everything is written."""
        self._greet()
        while self._end is None and not self._nothing_to_ask():
            interview = self._interview()
            step = current(interview)
            offer = self._show(interview, step)
            line = self._prompt.line(steps.label(step), steps.names(step))
            self._reload()
            if self._secret(step, line):
                continue
            for effect in respond(interview, step, self._steered(step, line), offer):
                self._carry_out(effect, step, offer)
        return self._end or CLEAN

    def _nothing_to_ask(self) -> bool:
        level = self._session.level
        nothing = level is not None and not questions_for(self._session.phase, level)
        if nothing:
            self._say(
                "An experiment needs no foundation: nothing is asked. `--quality prototype` asks for hosting."
            )
        return nothing

    # State

    @property
    def _answers(self) -> Answers:
        return self._session.answers

    def _interview(self) -> Interview:
        return Interview(
            phase=self._session.phase,
            quality=self._session.level,
            answers=self._answers.answers,
            corrections=tuple(self._answers.corrections),
            decisions=decided(self._answers, self._session.phase),
            cursor=self._cursor,
        )

    def _keep_flags(self) -> None:
        """What the flags gave is stored at once, so that a kill loses none of it."""
        if self._session.level and self._session.answers != self._session.stored:
            answers = self._phase_kept(self._answers)
            self._session.workspace.set_answers(answers, "interview")
            self._session = msgspec.structs.replace(self._session, answers=answers, stored=answers)

    def _phase_kept(self, answers: Answers) -> Answers:
        path = self._settings.phase or answers.project.phase
        return msgspec.structs.replace(answers, project=msgspec.structs.replace(answers.project, phase=path))

    # Showing

    def _greet(self) -> None:
        name = self._answers.project.name
        begun = f"resuming, {len(self._answers.answers)} answered" if self._answers.answers else "a new start"
        self._say(f"{self._device.paint('groundplan', 'bold')}: {name} ({begun}); ? shows what you can type")

    def _show(self, interview: Interview, step: Step) -> Suggestion | None:
        """Show a step once; the same step again is only asked again."""
        offer = self._offer(step, interview) if isinstance(step, Ask) else None
        if step == self._shown:
            return offer
        self._shown = step
        match step:
            case Level():
                self._say(asking.levels(self._device))
            case Ask():
                place = interview.questions.index(step.question) + 1, len(interview.questions)
                self._say(asking.question(step.question, self._device, offer, step.before, place))
            case Clarify():
                self._say(asking.clarify(step, self._device))
            case Deepen():
                self._say(asking.deepen(step, self._device))
            case Review():
                self._review()
            case _:
                assert_never(step)
        return offer

    def _offer(self, step: Ask, interview: Interview) -> Suggestion:
        from groundplan.cli.offers import offer

        return offer(step.question, self._answers, self._session.phase, interview.decisions)

    def _review(self) -> None:
        from groundplan.cli.review import page

        self._say("\n" + page(compiled(self._answers, self._session.phase), self._session, self._device))

    def _say(self, text: str) -> None:
        say(text)

    # Understanding

    def _secret(self, step: Step, line: str) -> bool:
        """Refuse a line that holds a credential before anything of it is stored."""
        if isinstance(step, Level | Review) or word_of(line):
            return False
        try:
            refuse_secret(step.question.key, line)
        except Stop as refused:
            self._say(one_line(refused.diagnostic, self._device))
            return True
        return False

    def _steered(self, step: Step, line: str) -> str:
        """“You decide” and “no idea” in other words are taken as the words that mean it."""
        if not isinstance(step, Ask) or word_of(line) or not line.strip():
            return line
        from groundplan import facts, read

        status = read.read(step.question, Answer(line), {}, facts.load()).status
        return {"unknown": "don't know", "default": "default"}.get(status, line)

    # Doing

    def _carry_out(self, effect: Effect, step: Step, offer: Suggestion | None) -> None:
        match effect:
            case SetLevel():
                self._set_level(effect)
            case Keep():
                self._keep(effect, step)
            case Correct():
                self._correct(effect)
            case Go():
                self._cursor = effect.cursor
            case Tell():
                self._tell(effect, step, offer)
            case Leave():
                self._leave()
            case Write():
                self._write()
            case _:
                assert_never(effect)

    def _set_level(self, effect: SetLevel) -> None:
        project = msgspec.structs.replace(self._answers.project, quality=effect.quality)
        answers = self._phase_kept(msgspec.structs.replace(self._answers, project=project))
        self._session.workspace.set_answers(answers, "interview")
        self._session = msgspec.structs.replace(
            self._session, answers=answers, stored=answers, level=effect.quality
        )

    def _keep(self, effect: Keep, step: Step) -> None:
        forgotten = [
            p for p in self._answers.corrections if effect.fresh and p.startswith(effect.question + ".")
        ]
        self._store({effect.question: effect.answer}, dict.fromkeys(forgotten))
        if isinstance(step, Deepen):
            self._noted(effect)
        else:
            self._echo(effect.question, effect.answer)

    def _correct(self, effect: Correct) -> None:
        self._store({}, {f"{effect.question}.{field}": value for field, value in effect.sets.items()})
        self._echo(effect.question, self._answers.answers[effect.question])

    def _store(self, answers: dict[str, Answer], corrections: dict[str, Any]) -> None:  # Any: field values
        """Put one turn on disk as a whole, then believe it; a correction of None is taken away."""
        kept = self._answers.corrections | corrections
        after = msgspec.structs.replace(
            self._answers,
            answers=self._answers.answers | answers,
            corrections={path: value for path, value in kept.items() if value is not None},
        )
        self._session.workspace.set_answers(after, "interview")
        self._session = msgspec.structs.replace(self._session, answers=after, stored=after)

    def _reload(self) -> None:
        """What is on disk counts, whoever wrote it there meanwhile."""
        stored = stored_answers(self._session.workspace)
        if stored is not None and self._session.level is not None:
            self._session = msgspec.structs.replace(self._session, answers=stored, stored=stored)

    def _echo(self, key: str, answer: Answer) -> None:
        from groundplan.cli.review import understood

        result = compiled(self._answers, self._session.phase)
        self._say("\n" + understood(result, key, self._device, follow_ups=False))
        marked = "kept as the default, marked to be confirmed" if answer.origin == "default" else "kept"
        self._say(self._device.paint(f"  {self._device.sign('✓', '*')} {key} {marked}", "green"))

    def _noted(self, effect: Keep) -> None:
        """A deeper reply changes no field of the reading; the words that were kept are the echo."""
        self._say(f"\n  {safe(effect.answer.replies[-1])}")
        self._say(self._device.paint(f"  {self._device.sign('✓', '*')} {effect.question} kept", "green"))

    def _tell(self, effect: Tell, step: Step, offer: Suggestion | None) -> None:
        match effect.topic:
            case "why":
                self._say(steps.why(step, self._device, offer))
            case "help":
                self._say(asking.HELP if not isinstance(step, Review) else steps.REVIEW_HELP)
            case "diff" | "files":
                self._show_changes(diff=effect.topic == "diff")
            case topic:
                self._say("  " + steps.TOLD[topic].format(effect.text))

    def _show_changes(self, diff: bool) -> None:
        from groundplan.cli.apply import preview

        result = compiled(self._answers, self._session.phase)
        self._say(preview(result, self._session, self._device, diff=diff))

    def _leave(self) -> None:
        self._say(f"Everything is saved. Go on with: {self.resume}")
        self._end = UNANSWERED if not isinstance(current(self._interview()), Review) else CLEAN

    def _write(self) -> None:
        from groundplan.cli.apply import write

        result = compiled(self._answers, self._session.phase)
        try:
            self._end = write(result, self._session, self._settings, confirmed=True)
        except Stop as refused:
            self._say(one_line(refused.diagnostic, self._device))
