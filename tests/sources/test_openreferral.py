"""Services of Open Referral feeds, clean and dirty, as directory entries."""

from __future__ import annotations

import json

import pytest

from bot.sources import openreferral
from bot.sources.moderngov import SourceError

V3 = {
    "id": "AC-1",
    "name": "Drop-in",
    "status": "active",
    "description": "Help with money. Open to all.",
    "email": "in@drop.example",
    "minimum_age": 16,
    "maximum_age": 25,
    "organization": {"name": "Young Westshire"},
    "schedules": [{"description": "Fridays 2pm to 5pm"}],
    "attributes": [{"taxonomy_term": {"name": "Money"}}],
}
V1 = {
    "id": "9",
    "name": "Helpline",
    "contacts": [{"phones": [{"number": "01632 960111"}]}],
    "service_taxonomys": [{"taxonomy": {"name": "Advice"}}],
    "minimum_age": 13,
    "maximum_age": 0,
    "url": "null",
}


def test_a_version_3_service_becomes_an_entry_without_a_phone() -> None:
    services, pages = openreferral.page(json.dumps({"total_pages": 4, "contents": [V3]}).encode())
    (entry,) = openreferral.entries(services)
    assert pages == 4
    assert (entry.id, entry.service, entry.team, entry.phone) == (
        "oruk-ac-1",
        "Young Westshire",
        "Drop-in",
        None,
    )
    assert entry.topics == ("Help with money.", "Money")
    assert entry.audience == ("aged 16 to 25",)
    assert entry.hours == "Fridays 2pm to 5pm"


def test_a_version_1_service_brings_its_phone_and_its_dirt_is_cleaned() -> None:
    services, _ = openreferral.page(json.dumps({"totalPages": 1, "content": [V1]}).encode())
    (entry,) = openreferral.entries(services)
    assert entry.phone == "01632 960111"
    assert entry.audience == ("aged 13 and over",)
    assert entry.how_to_refer is None


@pytest.mark.parametrize("change", [{"status": "defunct"}, {"name": ""}, {"name": "null"}, {"id": None}])
def test_a_service_that_is_gone_or_nameless_is_left_out(change: dict[str, object]) -> None:
    assert openreferral.entries([V3 | change]) == []


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b"3", b'{"contents": 4}', b"\xff"])
def test_what_is_no_feed_is_refused(answer: bytes) -> None:
    with pytest.raises(SourceError):
        openreferral.page(answer)
