from typing import Any

import factory
from allauth.mfa.models import Authenticator
from factory.django import DjangoModelFactory

from stakeholders.models import District, Organisation, Region, Stakeholder, StakeholderGroup, Topic


class StakeholderGroupFactory(DjangoModelFactory[StakeholderGroup]):
    class Meta:
        model = StakeholderGroup
        django_get_or_create = ("key",)

    key = "industrie"
    name = factory.LazyAttribute(lambda group: f"Gruppe {group.key}")


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("nuts",)

    nuts = "DED2"
    name = "Dresden"


class DistrictFactory(DjangoModelFactory[District]):
    class Meta:
        model = District
        django_get_or_create = ("key",)

    key = "14612000"
    nuts = "DED21"
    name = factory.LazyAttribute(lambda district: f"Kreis {district.key}")
    region = factory.SubFactory(RegionFactory)


class TopicFactory(DjangoModelFactory[Topic]):
    class Meta:
        model = Topic

    key = factory.Sequence(lambda n: f"thema-{n}")
    name = factory.Sequence(lambda n: f"Thema {n}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Beispielwerk {n}")
    slug = factory.Sequence(lambda n: f"beispielwerk-{n}")
    group = factory.SubFactory(StakeholderGroupFactory)
    district = factory.SubFactory(DistrictFactory)


TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the authenticator app of every member of staff knows, in base 32."""


class StakeholderFactory(DjangoModelFactory[Stakeholder]):
    """A person with a complete profile and no usable password; staff have a second factor unless told otherwise."""

    class Meta:
        model = Stakeholder
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Beispiel{n}")
    group = factory.SubFactory(StakeholderGroupFactory)
    district = factory.SubFactory(DistrictFactory)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def second_factor(self, create: bool, extracted: bool | None, **_kwargs: Any) -> None:
        wanted = self.needs_second_factor if extracted is None else extracted
        if create and wanted:
            Authenticator.objects.create(user=self, type=Authenticator.Type.TOTP, data={"secret": TOTP_SECRET})
