"""The provider's side of the plugin protocol: validates words, plans, applies and reads in the simulated cloud."""

from __future__ import annotations

import os
import threading
from typing import Any

from terraform_rig import cloud
from terraform_rig.shelf import Shelf
from terraform_rig.wire import Message, decoded, encoded, is_unknown, pb

_ERROR = 1


class Provider:
    """One configured provider; Terraform starts a process for each alias, so one region is enough."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.region = "us-east-1"

    def ValidateProviderConfig(self, request: Message, _: Any) -> Message:
        return pb.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request: Message, _: Any) -> Message:
        found = _wrong_words(self.shelf.words(request.type_name), decoded(request.config))
        return pb.ValidateResourceConfig.Response(diagnostics=found)

    def ValidateDataResourceConfig(self, request: Message, _: Any) -> Message:
        return pb.ValidateDataResourceConfig.Response()

    def ConfigureProvider(self, request: Message, _: Any) -> Message:
        region = (decoded(request.config) or {}).get("region")
        if isinstance(region, str):
            self.region = region
        return pb.ConfigureProvider.Response()

    def UpgradeResourceState(self, request: Message, _: Any) -> Message:
        state = pb.DynamicValue(json=request.raw_state.json)
        return pb.UpgradeResourceState.Response(upgraded_state=state)

    def ReadResource(self, request: Message, _: Any) -> Message:
        return pb.ReadResource.Response(new_state=request.current_state, private=request.private)

    def PlanResourceChange(self, request: Message, _: Any) -> Message:
        wanted = decoded(request.proposed_new_state)
        if wanted is not None:
            block = self.shelf.block("resource", request.type_name)
            wanted = cloud.planned(block, wanted, self.region)
        return pb.PlanResourceChange.Response(planned_state=encoded(wanted), legacy_type_system=True)

    def ApplyResourceChange(self, request: Message, _: Any) -> Message:
        prior, planned = decoded(request.prior_state), decoded(request.planned_state)
        refusal = cloud.refusal(prior) if planned is None else ""
        if refusal:
            wrong = pb.Diagnostic(severity=_ERROR, summary=f"{request.type_name} stays", detail=refusal)
            return pb.ApplyResourceChange.Response(new_state=request.prior_state, diagnostics=[wrong])
        if planned is not None:
            block = self.shelf.block("resource", request.type_name)
            planned = cloud.applied(request.type_name, block, planned, self.region)
        return pb.ApplyResourceChange.Response(new_state=encoded(planned), legacy_type_system=True)

    def ReadDataSource(self, request: Message, _: Any) -> Message:
        block = self.shelf.block("data", request.type_name)
        found = cloud.looked_up(request.type_name, block, decoded(request.config), self.region)
        return pb.ReadDataSource.Response(state=encoded(found))

    def StopProvider(self, request: Message, _: Any) -> Message:
        threading.Timer(0.1, os._exit, (0,)).start()
        return pb.StopProvider.Response()


def _wrong_words(allowed: dict[str, list[str]], config: Any) -> list[Message]:
    return [
        pb.Diagnostic(
            severity=_ERROR,
            summary=f"Unknown word for {path}",
            detail=f"{path} is one of {', '.join(words)}; not {value!r}.",
        )
        for path, words in allowed.items()
        for value in _values(config, path.split("."))
        if value not in words
    ]


def _values(config: Any, path: list[str]) -> list[str]:
    """The known texts at a path, through every repeated block on the way."""
    if isinstance(config, list):
        return [value for one in config for value in _values(one, path)]
    if not path:
        return [config] if isinstance(config, str) and not is_unknown(config) else []
    return _values(config.get(path[0]), path[1:]) if isinstance(config, dict) else []
