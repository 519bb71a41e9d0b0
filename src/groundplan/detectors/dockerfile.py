"""A Dockerfile: EXPOSE, PORT, HEALTHCHECK, CMD and ENTRYPOINT of the stage that is built. Builds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.detectors._known import BASE_PORTS, RUNTIMES, SIDE_PORTS
from groundplan.detectors._stages import Instruction, Stage, last_stage
from groundplan.detectors._words import check_signs, command_signs, port_of, source
from groundplan.model.application import Command, Detector, Read, Remark, Sign


def find(path: str, text: str, _: Read) -> Iterator[Sign | Remark]:
    stage = last_stage(text)
    if stage is None:
        if text.strip():
            yield Remark(
                kind="unread", message="has no FROM, so it builds nothing", source=source(path, 1, "")
            )
        return
    yield from _exposed(path, stage)
    yield from _environment(path, stage)
    yield from _check(path, stage)
    yield from _command(path, stage)
    yield from _base(path, stage)


def _exposed(path: str, stage: Stage) -> Iterator[Sign | Remark]:
    ports: dict[int, Instruction] = {}
    for step in (s for s in stage.steps if s.name == "EXPOSE"):
        for word in step.rest.split():
            port = port_of(word)
            if port:
                ports.setdefault(port, step)
            elif not word.lower().endswith(("/udp", "/sctp")):
                at = source(path, step.line, f"EXPOSE {step.rest}")
                yield Remark(kind="unused", message=f"`EXPOSE {word[:40]}` names no single port", source=at)
    kept = [p for p in ports if p not in SIDE_PORTS] or list(ports)
    for port in kept:
        at = source(path, ports[port].line, f"EXPOSE {ports[port].rest}")
        yield Sign(field="port", value=port, source=at, several=len(kept) > 1)


def _environment(path: str, stage: Stage) -> Iterator[Sign]:
    port = port_of(stage.known.get("ENV PORT", ""))
    line = next((s.line for s in reversed(stage.steps) if s.name == "ENV" and "PORT" in s.rest), 1)
    if port:
        yield Sign(field="port", value=port, source=source(path, line, f"ENV PORT={port}"))


def _check(path: str, stage: Stage) -> Iterator[Sign]:
    step = _last(stage, "HEALTHCHECK")
    if step and not step.rest.upper().startswith("NONE"):
        text = re.sub(r"[\[\],\"]", " ", step.rest)
        at = source(path, step.line, f"HEALTHCHECK {step.rest}")
        yield from check_signs(text, at, stage.known)


def _command(path: str, stage: Stage) -> Iterator[Sign]:
    entry, command = _last(stage, "ENTRYPOINT"), _last(stage, "CMD")
    step = command or entry
    if step is None:
        return
    first, second = _words(entry), _words(command)
    if entry and not entry.rest.startswith("["):
        second = ()
    yield from command_signs(
        first + second, source(path, step.line, f"{step.name} {step.rest}"), in_image=True
    )


def _words(step: Instruction | None) -> Command:
    if step is None or step.rest in ("", "[]"):
        return ()
    if step.rest.startswith("["):
        import json  # only where there is a command in this form

        try:
            words = json.loads(step.rest)
        except (ValueError, RecursionError):
            words = None
        if isinstance(words, list) and all(isinstance(w, str) for w in words):
            return tuple(words)
    return ("/bin/sh", "-c", step.rest)


def _base(path: str, stage: Stage) -> Iterator[Sign]:
    name, _, tag = stage.base.rpartition("/")[2].partition(":")
    at = source(path, stage.line, f"FROM {stage.base}")
    version = re.match(r"\d+(?:\.\d+)?", tag)
    if name in RUNTIMES:
        text = RUNTIMES[name] + (f" {version[0]}" if version else "")
        yield Sign(field="runtime", value=text, source=at)
    if name in BASE_PORTS:
        yield Sign(field="port", value=BASE_PORTS[name], source=at, weak=True)


def _last(stage: Stage, name: str) -> Instruction | None:
    return next((s for s in reversed(stage.steps) if s.name == name), None)


DETECTOR = Detector(key="dockerfile", order=10, paths=("Dockerfile", "Containerfile"), find=find)
