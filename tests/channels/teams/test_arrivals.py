"""What Teams sends, read as one Inbound."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.teams import arrivals
from bot.channels.teams.arrivals import button_of, read
from bot.channels.teams.trust import is_ours
from bot.conversation.inbound import Inbound, PlaceKind
from tests.channels.teams.conftest import AMARA
from tests.support.teams import BOT, TENANT, FakeTeams

URL = "https://service.example"
FAKE = FakeTeams()


def inbound(activity: dict[str, Any]) -> Inbound:
    arrival = read(activity, URL, TENANT)
    return arrivals.typed(arrival, arrival.sender)


def test_a_personal_message() -> None:
    activity = FAKE.message(AMARA, " next meeting ")
    found = inbound(activity)
    assert found.text == "next meeting"
    assert (found.sender.channel, found.sender.user_id, found.sender.tenant) == (
        "teams",
        AMARA.object_id,
        TENANT,
    )
    assert found.sender.email == ""
    assert (found.place, found.conversation, found.service_url) == ("personal", AMARA.conversation, URL)
    assert found.event_id == f"{AMARA.conversation}|{activity['id']}"


@pytest.mark.parametrize(
    ("place", "kind"),
    [("channel", "channel"), ("groupChat", "group"), ("meeting", "group"), ("", "group")],
)
def test_a_shared_place_is_nobodys_own(place: str, kind: PlaceKind) -> None:
    found = inbound(FAKE.message(AMARA, "next meeting", place))
    assert found.text == "next meeting"
    assert (found.place, found.conversation, found.service_url) == (kind, "", "")


def test_a_place_whose_kind_is_not_told_is_nobodys_own() -> None:
    activity = FAKE.message(AMARA, "hi")
    del activity["conversation"]["conversationType"]
    assert inbound(activity).conversation == ""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<at>Panel</at>&nbsp;help\n", "help"),
        ("ask <at>Hana Lind</at> please", "ask Hana Lind please"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("so\xa0it\xa0is", "so it is"),
        ("nul\x00 and half \ud83d a face", "nul and half  a face"),
        ('<at id="0">Panel</at> help', "Panel help"),
    ],
)
def test_the_words_are_what_the_person_saw(text: str, seen: str) -> None:
    activity = FAKE.message(AMARA, "", "channel") | {"text": text}
    assert inbound(activity).text == seen


def test_without_an_object_id_the_platforms_own_id_is_used() -> None:
    activity = FAKE.message(AMARA, "hi")
    del activity["from"]["aadObjectId"]
    assert inbound(activity).sender.user_id == AMARA.id


def test_a_button_carries_what_it_says_and_the_answers() -> None:
    data = {
        "action": "cp",
        "says": "concern send",
        "kept": {"draft": "7", "text": "old"},
        "text": "new",
        "anonymous": "",
        "many": 3,
        "odd": {"a": 1},
        "msteams": {"type": "x"},
    }
    found = button_of(data)
    assert found is not None
    assert found.says == "concern send"
    assert found.form == {"draft": "7", "text": "new", "many": "3"}


def test_the_button_under_a_list_says_what_was_chosen() -> None:
    """Another list of the same card, left alone or not, counts for nothing."""
    found = button_of({"action": "cp", "pick": "pick1", "pick0": "duty 3", "pick1": "triage"})
    assert found is not None
    assert (found.says, found.form) == ("triage", {})


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "rsvp", "says": "x"},
        {"action": "cp"},
        {"action": "cp", "says": " "},
        {"action": "cp", "says": 7},
        {"action": "cp", "pick": "pick0"},
        {"action": "cp", "pick": "pick0", "pick0": "", "says": "help"},
        {"action": "cp", "pick": ["x"], "pick0": "help"},
        {"pick": "pick0", "pick0": "help"},
    ],
    ids=range(9),
)
def test_what_is_no_button_of_ours_says_nothing(data: dict[str, Any]) -> None:
    assert button_of(data) is None


def test_a_search_reads_its_first_words() -> None:
    assert (
        arrivals.search_of(
            {"parameters": [{"name": "initialRun", "value": "true"}, {"name": "text", "value": " housing "}]}
        )
        == "housing"
    )
    assert arrivals.search_of({"parameters": [{"name": "initialRun", "value": "true"}]}) == ""
    assert arrivals.search_of({}) == ""


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["id", "type", "name", "text", "value", "from", "recipient", "conversation", "channelData", "entities"]
)


@given(st.dictionaries(NAMES, ANYTHING, max_size=8))
def test_no_shape_of_activity_breaks_the_reading(activity: dict[str, Any]) -> None:
    arrival = read(activity, URL, TENANT)
    assert arrivals.typed(arrival, arrival.sender).conversation == ""
    assert button_of(arrival.value) is None
    assert isinstance(arrivals.search_of(arrival.value), str)
    assert not is_ours(activity, TENANT)


def test_the_bots_own_id_is_told_from_other_mentions() -> None:
    other = {"type": "mention", "text": "<at>Hana</at>", "mentioned": {"id": "29:hana"}}
    ours = {"type": "mention", "text": "<at>Panel</at>", "mentioned": {"id": f"28:{BOT}"}}
    activity = FAKE.message(AMARA, "", "channel") | {
        "text": "<at>Panel</at> is <at>Hana</at> in?",
        "entities": [ours, other, 7, {}],
    }
    assert inbound(activity).text == "is Hana in?"
