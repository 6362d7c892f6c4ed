"""Names of one event: which are spread, where to, and where never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber import Scrubber
from scrubber.identity.model import Identity
from scrubber.ruleset.model import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

SCRUBBER = Scrubber(identity=Identity.none())
NAME = "vexlab7"


def scrubbed(event: dict[str, object]) -> dict[str, object]:
    """Scrub an event."""
    new = SCRUBBER.scrub(event)
    assert new is not None
    return new


@pytest.mark.parametrize(
    "source",
    [
        f"/home/{NAME}/run.py",
        f"/Users/{NAME}",
        rf"C:\Users\{NAME}\x",
        f"uid=1000({NAME}) gid=1000({NAME})",
        f"%2Fhome%2F{NAME}%2Fx",
    ],
)
def test_a_name_of_a_home_is_removed_everywhere(source: str) -> None:
    """What nobody could tell for a name alone is one, since the same event says so."""
    event: dict[str, object] = {
        "a": source,
        "message": f"{NAME} is over quota, {NAME.upper()}_2.ckpt",
        "x": [NAME],
    }
    new = scrubbed(event)
    assert new["message"] == "[user] is over quota, [user]_2.ckpt"
    assert new["x"] == ["[user]"]
    assert scrubbed(new) == new


def test_a_name_that_is_told_in_escapes_is_spread_as_it_reads() -> None:
    """No other text of the event has the escapes."""
    new = scrubbed({"a": "/home/vexl%C3%A4b7/run.py", "message": "vexl\u00e4b7 is over"})
    assert new["message"] == "[user] is over"


def test_a_name_of_the_user_field_is_removed_everywhere() -> None:
    """`user.username` and `user.id` name an account."""
    new = scrubbed({"user": {"username": NAME, "id": "kvortex9"}, "message": f"{NAME} kvortex9"})
    assert new["message"] == "[user] [user]"


@pytest.mark.parametrize("name", ["train", "torch", "jdoe", "ubuntu"])
def test_a_word_or_a_short_name_is_not_spread(name: str) -> None:
    """An event of a user called `train` stays readable."""
    new = scrubbed({"a": f"/home/{name}/run.py", "message": f"{name} of torch.nn ended"})
    assert new["message"] == f"{name} of torch.nn ended"


def test_names_of_code_keep_what_is_spread() -> None:
    """Module, function, type and file of a frame are what a debugger needs."""
    frame = {
        "module": f"{NAME}.run",
        "function": f"load_{NAME}",
        "filename": f"{NAME}/run.py",
        "abs_path": f"/home/{NAME}/{NAME}/run.py",
        "lineno": 3,
        "vars": {"module": NAME},
    }
    new = scrubbed(
        {"exception": {"values": [{"type": f"{NAME}Error", "value": NAME, "module": NAME,
                                   "stacktrace": {"frames": [frame]}}]}}
    )  # fmt: skip
    value = new["exception"]["values"][0]  # type: ignore[index]
    assert (value["type"], value["value"], value["module"]) == (f"{NAME}Error", "[user]", NAME)
    kept = value["stacktrace"]["frames"][0]
    assert (kept["module"], kept["function"]) == (f"{NAME}.run", f"load_{NAME}")
    assert kept["filename"] == f"{NAME}/run.py"
    assert NAME not in kept["abs_path"]
    assert kept["vars"] == {"module": "[user]"}


@pytest.mark.parametrize(
    "event",
    [
        {"extra": {"type": NAME, "module": NAME, "function": NAME, "filename": NAME, "lineno": 3}},
        {"extra": {"frames": [{"function": NAME, "lineno": 1}], "exception": [{"type": NAME}]}},
        {"tags": {"type": NAME, "module": NAME}, "contexts": {"x": {"type": NAME, "module": NAME}}},
        {"exception": {"values": [{"stacktrace": {"frames": [
            {"function": "f", "vars": {"function": NAME, "lineno": 1, "filename": NAME}}]}}]}},
        {"exception": [{"type": "E", "mechanism": {"type": NAME, "module": NAME}}]},
        {"threads": {"values": [{"name": NAME, "type": NAME, "module": NAME}]}},
    ],
)  # fmt: skip
def test_what_only_looks_like_code_keeps_nothing(event: dict[str, object]) -> None:
    """A user's own mapping may have the keys of a frame; it is none, since it stands elsewhere."""
    assert NAME not in repr(scrubbed({"a": f"/home/{NAME}/x", **event}))


@pytest.mark.parametrize(
    "place",
    [
        lambda frame: {"exception": [{"stacktrace": {"frames": [frame]}}]},
        lambda frame: {"exception": {"values": [{"raw_stacktrace": {"frames": (frame,)}}]}},
        lambda frame: {"threads": {"values": [{"stacktrace": {"frames": [frame]}}]}},
        lambda frame: {"threads": {"values": [{"raw_stacktrace": {"frames": [frame]}}]}},
        lambda frame: {"stacktrace": {"frames": [frame, frame]}},
        lambda frame: {"profile": {"frames": [frame]}},
    ],
)
def test_frames_are_known_wherever_an_sdk_puts_them(place: Callable[[object], object]) -> None:
    """Native ones without a line, those of Java and JavaScript, of threads and of profiles."""
    frame = {
        "function": f"{NAME}_main",
        "raw_function": f"{NAME}_main(int)",
        "module": f"com.{NAME}",
    }
    new = repr(scrubbed({"a": f"/home/{NAME}/x", **place(frame)}))  # type: ignore[dict-item]
    assert new == repr({"a": "<home>/x", **place(frame)})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "user",
    [
        {"username": rf"CORP\{NAME}"},
        {"username": f"{NAME}@example.com"},
        {"id": f"CORP/{NAME}"},
        {"email": f"{NAME}@example.com"},
    ],
)
def test_the_account_is_known_without_its_domain(user: dict[str, object]) -> None:
    """The domain is left out by most of what an event says."""
    new = scrubbed({"user": user, "message": f"{NAME} is over quota"})
    assert new["message"] == "[user] is over quota"
    assert scrubbed(new) == new


@pytest.mark.parametrize(
    "name",
    [r"ve\xlab7", "vex lab7", "ve[x]lab7", "%{keys}lab7", "(?i:vexlab7)", "\0vexlab7", "v" * 64],
)
def test_any_name_is_spread_as_it_is(name: str) -> None:
    """It is no pattern, and none of it stays in its own field."""
    event: dict[str, object] = {"user": {"username": name}, "message": f"by {name} now"}
    new = scrubbed(event)
    assert new == {"user": {"username": "[user]"}, "message": "by [user] now"}
    assert scrubbed(new) == new


def test_what_is_no_address_in_the_field_of_one_is_not_spread() -> None:
    """It may say anything, and is removed where it stands."""
    new = scrubbed({"user": {"email": NAME}, "message": f"{NAME} account"})
    assert new["message"] == f"{NAME} account"


def test_a_package_of_a_frame_keeps_what_is_spread() -> None:
    """It is the file of a library."""
    frame = {"function": "f", "package": f"{NAME}_kernels"}
    event: dict[str, object] = {"a": f"/home/{NAME}/x", "stacktrace": {"frames": [frame]}}
    assert scrubbed(event)["stacktrace"] == {"frames": [frame]}


def test_a_number_of_the_user_field_is_spread() -> None:
    """An id is one, however it is written."""
    new = scrubbed({"user": {"id": 8817263544}, "message": "id 8817263544", "x": [8817263544, 7]})
    assert new == {"user": {"id": 0}, "message": "id [user]", "x": [0, 7]}


def test_at_most_sixteen_names_of_an_event_are_spread() -> None:
    """A list of all accounts of a cluster does not take the event apart."""
    names = [f"vexlab{number}x" for number in range(100, 118)]
    new = scrubbed({"a": [f"/home/{name}/x" for name in names], "b": [f"at {n}" for n in names]})
    assert new["b"] == ["at [user]"] * 16 + [f"at {name}" for name in names[16:]]


def test_names_of_one_text_are_as_few() -> None:
    """The limit is the event's, wherever its names stand."""
    names = [f"vexlab{number}x" for number in range(100, 118)]
    told = " ".join(f"/home/{name}/x" for name in names)
    new = scrubbed({"a": told, "b": [f"at {name}" for name in names]})
    assert new["b"] == ["at [user]"] * 16 + [f"at {name}" for name in names[16:]]


def test_what_is_not_spread_leaves_room() -> None:
    """Short names are counted as little as they are spread."""
    short = [f"/home/q{number}x/run.py" for number in range(10, 26)]
    new = scrubbed({"a": [*short, f"/home/{NAME}/run.py"], "message": NAME})
    assert new["message"] == "[user]"


def test_names_do_not_leave_their_event_or_text() -> None:
    """Neither the next event nor the next text of a batch is changed."""
    scrubbed({"a": f"/home/{NAME}/x"})
    assert scrubbed({"message": NAME}) == {"message": NAME}
    assert SCRUBBER.scrub_many([f"/home/{NAME}/x", NAME]) == ["/home/[user]/x", NAME]


KNOWN = Identity(
    accounts=("qwzrtk7", "jq4x"), names=("Jane Tavrinsky",), hosts=("lab-vexnode",),
    homes=("/home/qwzrtk7",), secrets=("zor" + "fen7wil",),
)  # fmt: skip
NAMES = st.sampled_from(
    [NAME, "kvortex9", "qwzrtk7", "jq4x", "train", "Jane Tavrinsky", "lab-vexnode", "8817263544"]
)
SENTENCES = st.one_of(
    NAMES,
    st.builds(
        str.format,
        st.sampled_from(
            [
                "/home/{0}/{1}/x.py", "by {0} on {1}",
                "C:\\\\Users\\\\{0}\\\\{1}.dcm", "{0}@{1}", "user={0}, {1}",
                "uid=7({0}) {1}", "https://example.com/~{0}?u={1}", '{{"user": "{0}", "n": {1}}}',
                "CORP\\{0}", "%2Fhome%2F{0}%2F{1}", "{0}[user]{1}", "<home>/{0}/{1}", "{0}\n{1}",
            ]
        ),
        NAMES,
        NAMES,
    ),
)  # fmt: skip
KEYS = st.sampled_from(["user", "username", "id", "type", "module", "token", "name", "value", "x"])
VALUES = st.recursive(
    SENTENCES | st.just(8817263544),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | SENTENCES, inner, max_size=3)
    ),
    max_leaves=6,
)
FRAMES = st.fixed_dictionaries({"function": SENTENCES, "abs_path": SENTENCES, "vars": VALUES})
EVENTS = st.fixed_dictionaries(
    {"message": SENTENCES, "extra": VALUES},
    optional={
        "user": st.dictionaries(
            st.sampled_from(["username", "id", "email"]), SENTENCES, max_size=3
        ),
        "exception": FRAMES.map(lambda one: [{"type": "E", "stacktrace": {"frames": [one]}}]),
    },
)
AGAIN = {
    operator: Scrubber(Policy(operator, operator=operator), identity=KNOWN)
    for operator in ("replace", "remove", "mask")
}


@pytest.mark.parametrize("operator", sorted(AGAIN))
@settings(max_examples=25)
@given(EVENTS)
def test_an_event_scrubbed_twice_is_scrubbed_once(operator: str, event: dict[str, object]) -> None:
    """Names that are known, told and spread, in places of code and elsewhere."""
    new = AGAIN[operator].scrub(event)
    assert AGAIN[operator].failures == 0
    assert AGAIN[operator].scrub(new) == new


def test_a_placeholder_in_the_field_of_a_user_is_no_account() -> None:
    """What stands behind the `/` of `[image/png]` is as much the user's as what stands before."""
    scrubber = Scrubber(identity=Identity.none())
    event = {"user": {"username": "89504e470d0a1a0a0d0a1a0a" + "0b" * 40 + "%20"}}
    once = scrubber.scrub(event, kind="breadcrumb")
    assert scrubber.scrub(once, kind="breadcrumb") == once
