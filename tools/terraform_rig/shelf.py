"""The built schema on disk, one file a type, so that a plugin reads only the types it is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from terraform_rig.enums import Enums
from terraform_rig.schema import Block, Provider

# Made once and early: two threads that make the decoder of a recursive type at the same time crash the process.
_BLOCKS = msgspec.json.Decoder(Block)
_WORDS = msgspec.json.Decoder(dict[str, list[str]])


class Shelf:
    """Blocks and allowed words by type, read when first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.block = cache(self._block)
        self.words = cache(self._words)

    def write(self, provider: Provider, words: Enums) -> None:
        for kind, blocks in (("resource", provider.resources), ("data", provider.data_sources)):
            (self.root / kind).mkdir(parents=True, exist_ok=True)
            for name, block in blocks.items():
                (self.root / kind / f"{name}.json").write_bytes(msgspec.json.encode(block))
        (self.root / "words").mkdir(exist_ok=True)
        for name, allowed in words.items():
            (self.root / "words" / f"{name}.json").write_bytes(msgspec.json.encode(allowed))

    def _block(self, kind: str, name: str) -> Block:
        return _BLOCKS.decode((self.root / kind / f"{name}.json").read_bytes())

    def _words(self, name: str) -> dict[str, list[str]]:
        path = self.root / "words" / f"{name}.json"
        return _WORDS.decode(path.read_bytes()) if path.exists() else {}
