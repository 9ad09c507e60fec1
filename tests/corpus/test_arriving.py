"""The hand-written messages: whole, varied, and with the test writer held apart."""

from __future__ import annotations

import re

from corpus.arriving import TOPICS, read_messages

DEVELOPMENT = read_messages(test=False)
TEST = read_messages(test=True)


def test_there_are_enough_of_both_in_both_languages() -> None:
    for messages in (DEVELOPMENT, TEST):
        assert len(messages) >= 140
        assert 0.4 < sum(message.danger for message in messages) / len(messages) < 0.6
        assert sum(message.language != "en" for message in messages) >= len(messages) / 6
        assert len({message.about for message in messages}) >= len(TOPICS) - 1


def test_no_writer_wrote_what_another_wrote() -> None:
    plain = [re.sub(r"\W+", " ", message.text.lower()).strip() for message in DEVELOPMENT + TEST]
    assert len(set(plain)) == len(plain)
    assert len({message.message_id for message in DEVELOPMENT + TEST}) == len(plain)
    assert not {message.writer for message in DEVELOPMENT} & {message.writer for message in TEST}
