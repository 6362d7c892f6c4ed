"""A name of an event announces its value, as it would in a text: `{"USER": "jdoe"}`."""

from __future__ import annotations

from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

HERE = Identity(accounts=("jdoe", "train"), hosts=("lab7", "vm"))


def test_short_names_and_words_go_behind_their_keys() -> None:
    """The machine's name is in the first field that the SDK fills in, however short it is."""
    scrubber = Scrubber(identity=HERE)
    event = {
        "server_name": "vm",
        "user": {"username": "train"},
        "tags": [["hostname", "lab7"], ["stage", "train"]],
        "extra": {"env": {"USER": "jdoe", "HOSTNAME": "lab7"}, "vars": {"user": "'jdoe'"}},
    }
    scrubbed = scrubber.scrub(event)
    assert scrubbed == {
        "server_name": "[host]",
        "user": {"username": "[user]"},
        "tags": [["hostname", "[host]"], ["stage", "train"]],
        "extra": {"env": {"USER": "[user]", "HOSTNAME": "[host]"}, "vars": {"user": "'[user]'"}},
    }
    assert scrubber.scrub(scrubbed) == scrubbed


def test_what_names_nobody_stays_behind_a_key() -> None:
    """Neither a placeholder for a key, nor a default, an object or a number says a name."""
    event = {
        "extra": {"user": "None", "host": "localhost", "n_user": "3", "[user]": "train"},
        "vars": {"cur_user": "<User object at 0x7f>", "host": "'0.0.0.0'", "users": "jdoe"},
    }
    assert Scrubber(identity=HERE).scrub(event) == event
