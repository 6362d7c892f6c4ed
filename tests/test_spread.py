"""Names of one event: which are spread, where to, and where never."""

from __future__ import annotations

import pytest

from scrubber import Scrubber
from scrubber.identity.model import Identity

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


def test_at_most_sixteen_names_of_an_event_are_spread() -> None:
    """A list of all accounts of a cluster does not take the event apart."""
    names = [f"vexlab{number}x" for number in range(100, 118)]
    new = scrubbed({"a": [f"/home/{name}/x" for name in names], "b": [f"at {n}" for n in names]})
    assert new["b"] == ["at [user]"] * 16 + [f"at {name}" for name in names[16:]]


def test_names_do_not_leave_their_event_or_text() -> None:
    """Neither the next event nor the next text of a batch is changed."""
    scrubbed({"a": f"/home/{NAME}/x"})
    assert scrubbed({"message": NAME}) == {"message": NAME}
    assert SCRUBBER.scrub_many([f"/home/{NAME}/x", NAME]) == ["/home/[user]/x", NAME]
