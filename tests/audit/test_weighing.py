"""What single items expose."""

import pytest

from demur.audit.weighing import Weighed, weigh
from demur.core.accounts import Audience, Purpose
from demur.core.exposures import ExposureKind, Remedy, Urgency
from demur.core.people import Role
from demur.core.posted import PostedKind, TieKind
from tests.audit.exports import connected, posted, recipe
from tests.photos.drawing import as_file, face, landscape


def kinds(weighed: Weighed) -> list[ExposureKind]:
    return [exposure.kind for exposure in weighed.exposures]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("One of my clients relapsed today and I cried in the car.", ExposureKind.CLIENT),
        ("My daughter's recital tonight at the school!", ExposureKind.CHILD),
        ("Text me on 505-555-0142 for the casserole recipe", ExposureKind.REACH),
        ("home alone until Friday, husband is out of town", ExposureKind.HOME),
        ("date night at last, tacos and no phones", ExposureKind.FAMILY),
        ("Happy news: I'm accepting new clients from September.", ExposureKind.WORK),
    ],
)
def test_a_post_shows_as_what_it_exposes(text: str, kind: ExposureKind) -> None:
    assert kind in kinds(weigh(recipe(role=Role.THERAPIST), [posted(text)]))


@pytest.mark.parametrize(
    "text",
    [
        "Soup, thick socks, early night.",
        "What a game! Overtime and we still lost, unbelievable.",
        "La familia es importante, y descansar también.",
        "",
        "   ",
    ],
)
def test_what_exposes_nothing_makes_no_exposure(text: str) -> None:
    weighed = weigh(recipe(), [posted(text)])
    assert weighed.exposures == []
    assert weighed.counts == {"post": 1}


def test_who_saw_it_makes_it_more_or_less_urgent_and_what_is_not_known_counts_as_public() -> None:
    text = "My daughter's recital tonight at the school!"
    urgency = {
        audience: weigh(recipe(), [posted(text, audience=audience)]).exposures[0].urgency
        for audience in (Audience.PUBLIC, Audience.FRIENDS, None)
    }
    assert urgency == {Audience.PUBLIC: Urgency.FIRST, Audience.FRIENDS: Urgency.LATER, None: Urgency.FIRST}


def test_work_on_a_professional_account_is_at_home_there() -> None:
    task = posted("Happy news: I'm accepting new clients from September.")
    assert kinds(weigh(recipe(purpose=Purpose.PROFESSIONAL), [task])) == []


def test_despair_is_nobodys_exposure() -> None:
    weighed = weigh(recipe(), [posted("I don't want to be here anymore. I want to end it.")])
    assert weighed.exposures == []


def test_words_are_kept_only_where_their_owner_chose_so() -> None:
    task = posted("My daughter's recital tonight at the school!")
    assert weigh(recipe(), [task]).exposures[0].text == ""
    assert weigh(recipe(keep_text=True), [task]).exposures[0].text.startswith("My daughter")


def test_a_connection_on_the_caseload_is_found_and_strangers_are_not() -> None:
    weighed = weigh(
        recipe(),
        [connected("Marisol Quintanilla"), connected("Jo Lee", 1), connected("", 2, handle="marisol.quintanilla")],
    )
    assert next((one.kind, one.client, one.place.entry) for one in weighed.exposures) == (
        ExposureKind.CONNECTION,
        "k1",
        0,
    )
    assert all(one.client == "k1" for one in weighed.exposures)
    assert weighed.counts == {"friend": 3}
    assert weighed.exposures[0].remedy is Remedy.UNFRIEND


def test_an_uploaded_address_book_with_a_client_in_it_is_cleared() -> None:
    weighed = weigh(recipe(), [connected("Ted", kind=TieKind.CONTACT, phone="+1 505 555 0142")])
    assert [(one.kind, one.remedy) for one in weighed.exposures] == [(ExposureKind.CONTACTS, Remedy.CLEAR)]


def test_photos_tell_faces_and_places_and_broken_ones_stop_nothing() -> None:
    photos = (as_file(face()), as_file(landscape(), (40.7128, -74.006)), b"no photo at all")
    weighed = weigh(recipe(), [posted("", photo_bytes=photos, photos=("a", "b", "c"))])
    assert sorted(kinds(weighed)) == [ExposureKind.FACE, ExposureKind.PLACE]
    assert weighed.counts == {"post": 1, "photos": 2, "faces": 1, "photos not opened": 1}
    assert [spot.coordinates for spot in weighed.spots] == [(40.713, -74.006)]


def test_the_same_thing_has_the_same_fingerprint_in_another_export_and_with_another_key_another_one() -> None:
    here, there = (posted("My daughter's recital tonight", entry) for entry in (0, 28))
    one, two = (weigh(recipe(), [task]).exposures[0] for task in (here, there))
    assert one.place != two.place
    assert one.fingerprint == two.fingerprint
    other = weigh(recipe(key=b"x" * 32), [here]).exposures[0]
    assert other.fingerprint != one.fingerprint


def test_a_comment_can_only_be_deleted() -> None:
    weighed = weigh(recipe(), [posted("call me: 505-555-0142", kind=PostedKind.COMMENT)])
    assert weighed.exposures[0].remedy is Remedy.DELETE
