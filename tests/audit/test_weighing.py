"""What single items expose."""

import pytest

from demur.audit.weighing import Task, Weighed, weigh
from demur.core.accounts import Audience, Network, Purpose
from demur.core.exposures import ExposureKind, Remedy, Urgency
from demur.core.people import Caseload, Client, Role
from demur.core.posted import OwnProfile, Place, PostedKind, TieKind
from tests.audit.exports import CLIENTS, connected, posted, recipe
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


@pytest.mark.parametrize("text", ["call me: 505-555-0173", "My daughter's recital tonight at the school!"])
def test_a_comment_can_only_be_deleted(text: str) -> None:
    weighed = weigh(recipe(), [posted(text, kind=PostedKind.COMMENT)])
    assert {one.remedy for one in weighed.exposures} == {Remedy.DELETE}


def test_tags_come_off_where_they_show_a_post_to_more_people() -> None:
    text = "My daughter's recital tonight at the school!"
    tagged, plain = (weigh(recipe(), [posted(text, tagged=tags)]).exposures[0].remedy for tags in (1, 0))
    assert (tagged, plain) == (Remedy.UNTAG, Remedy.LIMIT)
    assert weigh(recipe(), [posted(text, tagged=1, network=Network.X)]).exposures[0].remedy is Remedy.LIMIT


def test_a_place_by_its_name_alone_counts_and_a_spot_is_not_told_twice() -> None:
    named = weigh(recipe(), [posted("", venue="Blue Door Cafe")])
    assert [(one.kind, one.urgency) for one in named.exposures] == [(ExposureKind.PLACE, Urgency.LATER)]
    both = weigh(recipe(), [posted("", venue="Blue Door Cafe", coordinates=(40.1, -74.1))])
    assert kinds(both) == [ExposureKind.PLACE]


def test_two_in_an_address_book_by_number_alone_are_two() -> None:
    clients = Caseload((Client("k1", given_name="Ann", family_name="Borowitz", phone="505-555-0143"), *CLIENTS.clients))
    book = [
        connected("", number, TieKind.CONTACT, phone=phone) for number, phone in enumerate(("5055550142", "5055550143"))
    ]
    found = weigh(recipe(caseload=clients), book).exposures
    assert len({one.fingerprint for one in found}) == len(found) == 2
    # A number alone is no proof, and is not told as one.
    assert all("may be" in one.why for one in found if one.urgency is not Urgency.FIRST)


def test_a_photo_is_the_same_where_the_network_moved_its_folders_and_in_its_album() -> None:
    photo = {"photo_bytes": (as_file(face()),)}
    here = weigh(recipe(), [posted("", photos=("your_activity/posts/media/p_1.jpg",), **photo)])
    there = weigh(recipe(), [posted("", 5, photos=("posts/album/p_1.jpg",), kind=PostedKind.CAPTION, **photo)])
    assert here.exposures[0].fingerprint == there.exposures[0].fingerprint


def test_no_profile_is_kept_with_more_than_a_stranger_sees_and_no_words_unless_wished() -> None:
    profile = OwnProfile(
        Network.X, Place("e", "m"), "sam_q", bio="Mom", emails=("s@example.org",), phones=("555-0173",)
    )
    bare, kept = (weigh(recipe(keep_text=wish), [Task(profile)]).profiles[0] for wish in (False, True))
    assert (bare.bio, kept.bio) == ("", "Mom")
    assert (kept.emails, kept.phones) == ((), ())


def test_a_text_for_a_picture_is_no_post_of_its_own() -> None:
    given = [posted("Soup", 1), posted("A bowl of soup", 1, kind=PostedKind.CAPTION), posted("Tea", 2)]
    assert [shown.kind for shown in weigh(recipe(), given).shown] == [PostedKind.POST, PostedKind.POST]


def test_who_is_named_is_told_apart_from_vague_talk_and_goes_to_the_supervisor() -> None:
    named = weigh(recipe(), [posted("Marisol Quintanilla relapsed last night. Praying.")]).exposures
    vague = weigh(recipe(), [posted("One of my clients relapsed today and I cried in the car.")]).exposures
    assert [(one.kind, one.remedy, one.urgency) for one in named] == [
        (ExposureKind.NAMED, Remedy.TELL, Urgency.FIRST),
    ]
    assert named[0].why == "It names somebody on your list."
    assert ExposureKind.NAMED not in {one.kind for one in vague}
    assert named[0].why not in {one.why for one in vague}


def test_a_first_name_that_somebody_on_the_list_has_is_a_question() -> None:
    (found,) = weigh(recipe(), [posted("Thaddeus made my day. That's all.")]).exposures
    assert (found.kind, found.remedy, found.urgency) == (ExposureKind.CLIENT, Remedy.ASK, Urgency.SOON)
    assert "a name like this" in found.why


def test_what_is_ones_own_cites_nothing_about_clients() -> None:
    own = ["Text me on 505-555-0142 for soup", "My address is 12 Oak Street, Dover", "My daughter's recital tonight"]
    found = weigh(recipe(caseload=Caseload()), [posted(text, number) for number, text in enumerate(own)]).exposures
    assert {one.kind for one in found} >= {ExposureKind.REACH, ExposureKind.HOME, ExposureKind.CHILD}
    assert {cite for one in found for cite in one.cites} == {"NASW-1.06f"}


@pytest.mark.parametrize(
    ("bio", "told"),
    [
        ("Peer specialist. Dog mom.", True),
        ("LCSW | she/her", True),
        ("Trabajadora social y mamá", True),
        ("My therapist says hi. Not a counselor!", False),
        ("Runner, reader, counselors' daughter", False),
    ],
)
def test_a_profile_that_tells_the_job_ties_the_account_to_it(bio: str, told: bool) -> None:
    profile = Task(OwnProfile(Network.X, Place("e", "m"), "sam_q", bio=bio))
    found = [one for one in weigh(recipe(), [profile]).exposures if one.kind is ExposureKind.WORK]
    assert [one.remedy for one in found] == [Remedy.PROFILE] * told
    assert weigh(recipe(purpose=Purpose.PROFESSIONAL), [profile]).exposures == []


def test_a_profile_is_edited_and_never_limited_to_friends() -> None:
    bio = "Mom of two at Lincoln Elementary. Text me: 505-555-0173. Home alone until Friday."
    found = weigh(recipe(), [Task(OwnProfile(Network.FACEBOOK, Place("e", "m"), bio=bio))]).exposures
    assert found
    assert {one.remedy for one in found} == {Remedy.PROFILE}


def test_the_place_in_a_photo_is_for_the_camera_and_tells_no_reader_a_habit() -> None:
    photo = {"photo_bytes": (as_file(landscape(), (40.7128, -74.006)),), "photos": ("a",)}
    both = weigh(recipe(), [posted("Sunset", coordinates=(40.7, -74.0), **photo)])
    assert [(one.kind, one.remedy, one.urgency) for one in both.exposures] == [
        (ExposureKind.PLACE, Remedy.CAMERA, Urgency.LATER)
    ]
    assert [spot.posted for spot in both.spots] == [False, False]
    alone = weigh(recipe(), [posted("Sunset", network=Network.MASTODON, **photo)])
    assert [one.remedy for one in alone.exposures] == [Remedy.CAMERA]


def test_all_that_is_found_in_one_post_has_one_key_and_no_other_post_has_it() -> None:
    text = "home alone until Friday, husband is out of town. Text me: 505-555-0173"
    found = weigh(recipe(), [posted(text, 1), posted(text, 2)]).exposures
    assert len(found) >= 4
    by_entry = {entry: {one.post for one in found if one.place.entry == entry} for entry in (1, 2)}
    assert all(len(keys) == 1 for keys in by_entry.values())
    assert by_entry[1] != by_entry[2]
    caption = weigh(recipe(), [posted("My daughter's recital", 1, kind=PostedKind.CAPTION)]).exposures
    assert {one.post for one in caption} == by_entry[1]


def test_a_repost_is_counted_and_shown_nowhere() -> None:
    weighed = weigh(recipe(), [posted("", 1, kind=PostedKind.REPOST, coordinates=(40.1, -74.1))])
    assert weighed.counts == {"repost": 1}
    assert (weighed.exposures, weighed.shown, weighed.spots) == ([], [], [])
