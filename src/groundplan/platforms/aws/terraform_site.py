"""One region of the plan while it is lowered: how its resources are named and referred to."""

from __future__ import annotations

import msgspec

from groundplan.model.graph import Ref, Resource, Value
from groundplan.model.plan import Component, Place, Plan
from groundplan.platforms.aws.spot import Spot, slug


class Site(msgspec.Struct, frozen=True, kw_only=True):
    plan: Plan
    place: Place
    name: str
    """Terraform name of the region's resources: `main`, or `main_eu_central_1` where there are several."""
    alias: str | None
    """Provider of this region, `aws.eu_central_1`; None for the only or first region."""
    label: str
    """Prefix of names that people see, at most 32 characters with the suffixes that follow."""
    index: int
    """Position of the region: 0 is the primary, and the second byte of the network's addresses."""

    @property
    def primary(self) -> bool:
        return self.index == 0

    @property
    def web(self) -> Component:
        return next(c for c in self.plan.role("web") if c.region == self.place.code)

    @property
    def spot(self) -> Spot:
        """The region as the other ways to build it see it."""
        several = len(self.plan.places) > 1
        return Spot(plan=self.plan, place=self.place, index=self.index, several=several)

    @property
    def runs(self) -> str:
        return self.spot.runs

    @property
    def serverless(self) -> bool:
        return self.spot.serverless

    @property
    def instances(self) -> bool:
        return self.spot.instances

    @property
    def cluster(self) -> bool:
        return self.spot.cluster

    @property
    def private(self) -> bool:
        return self.spot.private

    def ref(self, kind: str, attribute: str, suffix: str = "") -> Ref:
        return Ref(kind, self.named(suffix), attribute)

    def named(self, suffix: str = "") -> str:
        return f"{self.name}_{suffix}" if suffix else self.name

    def resource(
        self,
        kind: str,
        arguments: dict[str, Value],
        *,
        file: str,
        suffix: str = "",
        comment: str = "",
        depends_on: tuple[Ref, ...] = (),
        data: bool = False,
    ) -> Resource:
        return Resource(
            kind=kind,
            name=self.named(suffix),
            arguments=arguments,
            file=file,
            comment=comment,
            provider=self.alias,
            depends_on=depends_on,
            data=data,
        )


def sites(plan: Plan) -> tuple[Site, ...]:
    """The regions in the plan's order, the primary first."""
    several = len(plan.places) > 1
    return tuple(
        Site(
            plan=plan,
            place=place,
            name=f"main_{place.code.replace('-', '_')}" if several else "main",
            alias=f"aws.{place.code.replace('-', '_')}" if index else None,
            label=slug(plan.draft.project[:24]),
            index=index,
        )
        for index, place in enumerate(plan.places)
    )
