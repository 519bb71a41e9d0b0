"""A compose file as services whose every value knows its line. Knows YAML nodes; expands nothing without end.

The nodes are read without making objects of them, so an alias is one pointer and no tag runs anything.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from groundplan.detectors._words import substituted

LONGEST = 128 * 1024
_DEEPEST = 8


class Part:
    """A node of the file, or nothing; asking nothing for more gives nothing."""

    def __init__(self, node: yaml.Node | None) -> None:
        self._node = node

    def __bool__(self) -> bool:
        return self._node is not None

    @property
    def line(self) -> int:
        return self._node.start_mark.line + 1 if self._node else 1

    @property
    def text(self) -> str | None:
        """A scalar's text with the defaults of its variables; None where one has no default."""
        if not isinstance(self._node, yaml.ScalarNode):
            return None
        return substituted(str(self._node.value), {})

    def get(self, key: str) -> Part:
        return self._found(key, 0)

    def _found(self, key: str, depth: int) -> Part:
        if not isinstance(self._node, yaml.MappingNode) or depth > _DEEPEST:
            return Part(None)
        for name, value in self._node.value:
            if isinstance(name, yaml.ScalarNode) and name.value == key:
                return Part(value)
        merged = [value for name, value in self._node.value if getattr(name, "value", None) == "<<"]
        for value in merged:
            for one in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                found = Part(one)._found(key, depth + 1)
                if found:
                    return found
        return Part(None)

    def items(self) -> Iterator[tuple[str, Part]]:
        if isinstance(self._node, yaml.MappingNode):
            for name, value in self._node.value:
                if isinstance(name, yaml.ScalarNode):
                    yield str(name.value), Part(value)

    def each(self) -> Iterator[Part]:
        if isinstance(self._node, yaml.SequenceNode):
            yield from (Part(value) for value in self._node.value)

    @property
    def words(self) -> tuple[str, ...] | None:
        """A list of scalars, as a command is written; None for anything else."""
        if not isinstance(self._node, yaml.SequenceNode):
            return None
        texts = tuple(part.text for part in self.each())
        return tuple(t for t in texts if t is not None) if None not in texts else None


def load(text: str) -> Part | None:
    """The file's root; None where it is not YAML, or too large or too deep for a compose file."""
    if len(text) > LONGEST:
        return None
    try:
        return Part(yaml.compose(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
