"""pom.xml or build.gradle of a Spring Boot application, with its properties. Builds nothing, parses no XML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.detectors._known import SPRING_1_HEALTH, SPRING_HEALTH, SPRING_PORT
from groundplan.detectors._words import line_of, port_of, source, substituted
from groundplan.model.application import Detector, Read, Remark, Sign

_FOLDER = "src/main/resources"
_FIRST = (
    r"spring-boot-starter-parent</artifactId>\s*<version>1\.|"
    r"org\.springframework\.boot['\"]?\)?\s*version\s*['\"(]*1\.|spring-boot-gradle-plugin:1\."
)
_JAVA = r"<java\.version>\s*(\d+)|JavaLanguageVersion\.of\((\d+)\)|sourceCompatibility\D{0,30}(\d+)"


def find(path: str, text: str, read: Read) -> Iterator[Sign | Remark]:
    if "org.springframework.boot" not in text:
        return
    at = source(path, line_of(text, r"org\.springframework\.boot"), "org.springframework.boot")
    version = re.search(_JAVA, text)
    java = next((v for v in version.groups() if v), "") if version else ""
    yield Sign(field="runtime", value=f"Java {java}".strip() + ", Spring Boot", source=at, weak=True)
    beside = path.rpartition("/")[0]
    folder = f"{beside}/{_FOLDER}".lstrip("/")
    yield from _properties(
        f"{folder}/application.properties", read(f"{_FOLDER}/application.properties") or ""
    )
    for name in ("application.yml", "application.yaml"):
        yield from _yaml(f"{folder}/{name}", read(f"{_FOLDER}/{name}") or "")
    yield Sign(field="port", value=SPRING_PORT, source=at, weak=True)
    if "spring-boot-starter-actuator" in text:
        actuator = source(path, line_of(text, "spring-boot-starter-actuator"), "spring-boot-starter-actuator")
        health = SPRING_1_HEALTH if re.search(_FIRST, text) else SPRING_HEALTH
        yield Sign(field="health_path", value=health, source=actuator, weak=True)


def _properties(path: str, text: str) -> Iterator[Sign]:
    found = re.search(r"^server\.port\s*[=:]\s*(\S+)", text, re.M)
    if found:
        yield from _port(path, text.count("\n", 0, found.start()) + 1, found[1])


def _yaml(path: str, text: str) -> Iterator[Sign]:
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] not in ("", " ", "\t", "#"):
            inside = line.split("#")[0].strip() == "server:"
        key, _, value = line.partition(":")
        if inside and key.strip() == "port":
            yield from _port(path, number, value.strip())
            return


def _port(path: str, line: int, value: str) -> Iterator[Sign]:
    """`8081`, or `${PORT:8081}`, which follows the environment."""
    plain = substituted(re.sub(r"\$\{(\w+):(?!-)", r"${\1:-", value.strip("\"'")), {})
    port = port_of(plain or "")
    if port:
        at = source(path, line, f"server.port {value}")
        yield Sign(field="port", value=port, source=at, weak="$" in value)


DETECTOR = Detector(key="spring", order=60, paths=("pom.xml", "build.gradle", "build.gradle.kts"), find=find)
