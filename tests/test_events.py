"""What becomes of each kind of field of an event: `scrubber.events` with the packaged table."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from scrubber import Identity, Scrubber

SCRUBBER = Scrubber(identity=Identity.none())
EVENT_ID = "0123456789abcdef" * 2
ACCOUNT = "vexlab7"
ADDRESS = "jane@example.com"


def scrubbed(event: dict[str, Any], kind: str = "event") -> dict[str, Any]:
    """Scrub a report of a kind."""
    done = SCRUBBER.scrub(event, kind=kind)
    assert done is not None
    assert "scrubber.fallback" not in json.dumps(done, default=str)
    return done


def remarked(event: dict[str, Any], scrubber: Scrubber = SCRUBBER) -> Any:  # noqa: ANN401
    """Scrub an event that is sent, and give what is remarked."""
    done = scrubber.scrub({"event_id": EVENT_ID, **event})
    assert done is not None
    return done.get("_meta")


IDENTITIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a number": ({"user": {"id": 7}}, {"user": {"id": 0}}),
    "a text": ({"user": {"id": "7-a"}}, {"user": {"id": "[user]"}}),
    "an address": ({"user": {"email": ADDRESS}}, {"user": {"email": "email@redacted.invalid"}}),
    "no address": ({"user": {"email": "jane"}}, {"user": {"email": "email@redacted.invalid"}}),
    "an empty text": ({"user": {"email": "", "id": ""}}, {"user": {"email": "", "id": ""}}),
    "nothing": ({"user": {"id": None, "a": True}}, {"user": {"id": None, "a": True}}),
    "an unknown field": ({"user": {"plan": "gold"}}, {"user": {"plan": "[user]"}}),
    "a container": (
        {"user": {"data": {"a": ["b", 7, None]}}},
        {"user": {"data": {"a": ["[user]", 0, None]}}},
    ),
    "a place": ({"user": {"ip_address": "192.0.2.7", "geo": {"city": "x"}}}, {"user": {}}),
    "asked for a place": ({"user": {"ip_address": "{{auto}}"}}, {"user": {}}),
    "a person": ({"user": {"name": "Jane Doe"}}, {"user": {"name": "[person]"}}),
    "a host": ({"server_name": "box"}, {"server_name": "[host]"}),
    "a device": (
        {"contexts": {"device": {"name": "Jane's", "arch": "arm64"}}},
        {"contexts": {"device": {"name": "[host]", "arch": "arm64"}}},
    ),
    "cookies": (
        {"request": {"cookies": {"a": "b"}}},
        {"request": {"cookies": {"a": "[secret]"}}},
    ),
    "an old name": (
        {"sentry.interfaces.User": {"id": "7-a", "ip_address": "192.0.2.7"}},
        {"sentry.interfaces.User": {"id": "[user]"}},
    ),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_an_identity_is_replaced_whole_by_a_valid_value(name: str) -> None:
    """Ids stay ids, addresses look like addresses, a place is taken out."""
    given, expected = IDENTITIES[name]
    assert scrubbed(given) == expected


SENSITIVE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "headers": (
        {"request": {"headers": {"Cookie": "a=b", "X-Api-Key": "zxq", "Accept": "*/*"}}},
        {"request": {"headers": {"Cookie": "[secret]", "X-Api-Key": "[secret]", "Accept": "*/*"}}},
    ),
    "headers as pairs": (
        {"request": {"headers": [["Authorization", "Basic zxq"], ["Accept", "*/*"]]}},
        {"request": {"headers": [["Authorization", "[secret]"], ["Accept", "*/*"]]}},
    ),
    "environment": (
        {"request": {"env": {"REMOTE_ADDR": "192.0.2.7", "SERVER_NAME": "box", "SERVER_PORT": 80}}},
        {"request": {"env": {"SERVER_NAME": "[host]", "SERVER_PORT": 80}}},
    ),
    "a query": (
        {"request": {"query_string": "page=2&access_token=zxq&n=1"}},
        {"request": {"query_string": "page=2&access_token=[secret]&n=1"}},
    ),
    "a query in escapes": (
        {"request": {"query_string": "access%5Ftoken=zxq&n=1"}},
        {"request": {"query_string": "access%5Ftoken=[secret]&n=1"}},
    ),
    "a query as pairs": (
        {"request": {"query_string": [["access_token", "zxq"], ["n", "1"]]}},
        {"request": {"query_string": [["access_token", "[secret]"], ["n", "1"]]}},
    ),
    "a query as a dictionary": (
        {"request": {"query_string": {"access_token": ["zxq"], "n": ["1"]}}},
        {"request": {"query_string": {"access_token": ["[secret]"], "n": ["1"]}}},
    ),
    "a url": (
        {"request": {"url": "https://www.example.com/a?access_token=zxq&n=1#top"}},
        {"request": {"url": "https://www.example.com/a?access_token=[secret]&n=1#top"}},
    ),
    "a url of a breadcrumb": (
        {"breadcrumbs": [{"data": {"url": "https://www.example.com/?access_token=zxq"}}]},
        {"breadcrumbs": [{"data": {"url": "https://www.example.com/?access_token=[secret]"}}]},
    ),
    "extra": (
        {"extra": {"db_password": "zxq", "n": 7, "tokenizer": "bpe", "author": "x"}},
        {"extra": {"db_password": "[secret]", "n": 7, "tokenizer": "bpe", "author": "x"}},
    ),
    "a body": (
        {"request": {"data": {"client_secret": ["zxq", 7], "n": 1}}},
        {"request": {"data": {"client_secret": ["[secret]", 0], "n": 1}}},
    ),
    "tags": (
        {"tags": {"auth_token": "zxq", "job": "7"}},
        {"tags": {"auth_token": "[secret]", "job": "7"}},
    ),
    "tags as pairs": (
        {"tags": [["auth_token", "zxq"], ["job", "7"]]},
        {"tags": [["auth_token", "[secret]"], ["job", "7"]]},
    ),
    "an unknown field": ({"custom": {"api_key": "zxq"}}, {"custom": {"api_key": "[secret]"}}),
    "arguments": (
        {"extra": {"sys.argv": ["train.py", "--api-key", "zxq", "--fast", "a/john_smith.csv"]}},
        {"extra": {"sys.argv": ["train.py", "--api-key", "[secret]", "--fast", ".../[file].csv"]}},
    ),
    "arguments joined": (
        {"extra": {"argv": ["x", "--api-key=zxq", "--data=a/john_smith.csv", "--lr=0.1"]}},
        {"extra": {"argv": ["x", "--api-key=[secret]", "--data=.../[file].csv", "--lr=0.1"]}},
    ),
}


@pytest.mark.parametrize("name", SENSITIVE)
def test_what_a_name_makes_sensitive_goes(name: str) -> None:
    """Wherever a report puts names: keys, pairs, queries, arguments."""
    given, expected = SENSITIVE[name]
    assert scrubbed(given) == expected


TEMPLATES: dict[str, tuple[object, object, object]] = {
    "a list": ("to %s of %d", [ADDRESS, 7], ["[email]", 7]),
    "a tuple": ("to %s of %d", (ADDRESS, 7), ("[email]", 7)),
    "a dictionary": ("to %(who)s", {"who": ADDRESS, "n": 7}, {"who": "[email]", "n": 7}),
    "told by the template": ("password=%s", ["zimtovar9"], ["[secret]"]),
    "told by two": ("%s=%s", ["password", "zimtovar9"], ["password", "[secret]"]),
    "too few": ("to %s of %s", [ADDRESS], ["[email]"]),
    "too many": ("to %s", [ADDRESS, ADDRESS, "x"], ["[email]", "[email]", "x"]),
    "no template": (None, [ADDRESS, 7, 1.5], ["[email]", 7, 1.5]),
    "a broken one": ("100% of %s", [ADDRESS, 7, 8], ["[email]", 7, 8]),
    "a text": ("to %s", ADDRESS, "[email]"),
    "nothing": ("to %s", None, None),
    "a number": ("card %d", [4111111111111111], [0]),
    "nested": ("to %s", [{"a": [ADDRESS]}, 1, 2], [{"a": ["[email]"]}, 1, 2]),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_fills_a_template_is_scrubbed_as_part_of_its_text(name: str) -> None:
    """Where both fit; by itself where not. The template stays, for events are grouped by it."""
    template, params, expected = TEMPLATES[name]
    actual = scrubbed({"logentry": {"message": template, "params": params}})["logentry"]
    assert actual == {"message": template, "params": expected}
    assert type(actual["params"]) is type(expected)


PATHS: dict[str, tuple[dict[str, Any], str]] = {
    "home": ({"abs_path": f"/home/{ACCOUNT}/yolo/train.py"}, "<home>/yolo/train.py"),
    "an unknown disk": (
        {"abs_path": f"/raid/{ACCOUNT}/yolo/train.py", "filename": "yolo/train.py"},
        "/raid/.../yolo/train.py",
    ),
    "with blanks": (
        {"abs_path": "/raid/Jane Doe/yolo/train.py", "filename": "yolo/train.py"},
        "/raid/.../yolo/train.py",
    ),
    "windows": ({"abs_path": f"D:\\{ACCOUNT}\\run.py"}, "D:\\...\\run.py"),
    "software": ({"abs_path": "/usr/lib/python3.11/json/x.py"}, "/usr/lib/python3.11/json/x.py"),
    "a pseudo file": ({"abs_path": "<string>"}, "<string>"),
    "frozen": ({"abs_path": "<frozen importlib._bootstrap>"}, "<frozen importlib._bootstrap>"),
}


@pytest.mark.parametrize("name", PATHS)
def test_a_path_of_a_frame_loses_what_is_somebodys(name: str) -> None:
    """Disk and file stay; a frame in a profile has one too."""
    frame, expected = PATHS[name]
    event = {"exception": {"values": [{"stacktrace": {"frames": [frame]}}]}}
    (done,) = scrubbed(event)["exception"]["values"][0]["stacktrace"]["frames"]
    assert done == {**frame, "abs_path": expected}
    profile = scrubbed({"profile": {"frames": [frame]}}, "profile")
    assert profile["profile"]["frames"] == [done]


@pytest.mark.parametrize(
    "path",
    [
        f"\\\\fileserver\\{ACCOUNT}$\\x.py",
        f"C:\\Users\\{ACCOUNT}\\yolo\\train.py",
        f"C:\\\\Users\\\\{ACCOUNT}\\\\yolo\\\\train.py",
        "C:\\Users\\Jane Doe\\x.py",
        f"/mnt/c/Users/{ACCOUNT}/x.py",
        f"file:///home/{ACCOUNT}/x.py",
        f"/home/{ACCOUNT}%20x/y.py",
    ],
)
def test_no_path_of_a_frame_shows_an_account(path: str) -> None:
    """In whatever system and spelling."""
    frame = {"abs_path": path, "filename": "x.py", "lineno": 7}
    event = {"exception": {"values": [{"stacktrace": {"frames": [frame]}}]}}
    done = json.dumps(scrubbed(event))
    assert ACCOUNT not in done
    assert "Jane" not in done
    assert '"filename": "x.py", "lineno": 7' in done


@pytest.mark.parametrize(
    ("field", "stays", "goes"),
    [
        ("event_id", EVENT_ID, ADDRESS),
        ("timestamp", "2026-01-31T08:00:00Z", f"8:00 {ADDRESS}"),
        ("replay_id", "4111111111111111", "4111 1111 1111 1111"),
        ("project", "4294967296", "192.0.2.7"),
        ("version", "7", f"7 {ADDRESS}"),
    ],
)
def test_what_is_kept_is_kept_only_in_its_form(field: str, stays: str, goes: str) -> None:
    """An id that looks like a card is an id where ids stand; anything else there is scanned."""
    assert scrubbed({field: stays}) == {field: stays}
    assert scrubbed({"message": "x", field: goes})[field] != goes


def test_names_of_code_stay_even_when_they_are_somebodys() -> None:
    """Where it failed must be told; the name of the account goes everywhere else."""
    frame = {"module": f"{ACCOUNT}.run", "function": ACCOUNT, "filename": f"{ACCOUNT}/run.py"}
    event = {
        "exception": [{"type": ACCOUNT, "value": ACCOUNT, "stacktrace": {"frames": [frame]}}],
        "extra": {"home": f"/home/{ACCOUNT}/x", ACCOUNT: 1},
    }
    done = scrubbed(event)
    (error,) = done["exception"]
    assert error == {"type": ACCOUNT, "value": "[user]", "stacktrace": {"frames": [frame]}}
    assert list(done["extra"]) == ["home", "[user]"]


@pytest.mark.parametrize(
    ("text", "start"),
    [(ADDRESS, 0), (f"to {ADDRESS}", 3), (f"\u00e9 {ADDRESS}", 3), (f"\U0001f600{ADDRESS}", 4)],
)
def test_a_remark_tells_the_bytes_of_the_replacement(text: str, start: int) -> None:
    """Half-open, in UTF-8 of the new text."""
    expected = {"message": {"": {"rem": [["contact.email", "s", start, start + 7]]}}}
    assert remarked({"message": text}) == expected


REMARKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "taken out": (
        {"user": {"ip_address": "192.0.2.7"}},
        {"user": {"ip_address": {"": {"rem": [["field.dropped", "x"]]}}}},
    ),
    "a number": (
        {"user": {"id": 7}},
        {"user": {"id": {"": {"rem": [["field.username", "s"]]}}}},
    ),
    "whole": (
        {"server_name": "box"},
        {"server_name": {"": {"rem": [["field.hostname", "s", 0, 6]]}}},
    ),
    "in a list": (
        {"breadcrumbs": {"values": [{"message": "a"}, {"message": ADDRESS}]}},
        {
            "breadcrumbs": {
                "values": {"1": {"message": {"": {"rem": [["contact.email", "s", 0, 7]]}}}}
            }
        },
    ),
    "under a new key": (
        {"extra": {ADDRESS: ADDRESS}},
        {"extra": {"[email]": {"": {"rem": [["contact.email", "s", 0, 7]]}}}},
    ),
    "beside a remark of the SDK": (
        {
            "message": f"a {ADDRESS}",
            "_meta": {"message": {"": {"len": 700, "rem": [["!limit", "s", 9, 12]]}}},
        },
        {"message": {"": {"len": 700, "rem": [["!limit", "s"], ["contact.email", "s", 2, 9]]}}},
    ),
}


@pytest.mark.parametrize("name", REMARKS)
def test_a_change_is_remarked_where_it_is(name: str) -> None:
    """The path is that of the new event."""
    given, expected = REMARKS[name]
    assert remarked(given) == expected


@pytest.mark.parametrize("below", ["val", "chunks"])
def test_what_remarks_of_the_sdk_hold_of_the_text_goes(below: str) -> None:
    """They may hold the value that was taken out."""
    meta = {"extra": {"a": {"": {below: [ADDRESS], "err": ["x"], "rem": [["!limit", "x"]]}}}}
    expected = {"extra": {"a": {"": {"err": ["x"], "rem": [["!limit", "x"]]}}}}
    assert remarked({"_meta": meta}) == expected


def test_remarks_can_be_off() -> None:
    """A policy without remarks adds none, and leaves those of the SDK."""
    quiet = Scrubber(replace(SCRUBBER.policy, remarks=False), identity=Identity.none())
    assert remarked({"message": ADDRESS}, quiet) is None
    meta = {"message": {"": {"len": 700}}}
    assert remarked({"message": ADDRESS, "_meta": meta}, quiet) == meta


def test_lengths_are_told_only_where_a_policy_allows_it() -> None:
    """In code points of what was there."""
    open_ = Scrubber(replace(SCRUBBER.policy, remark_lengths=True), identity=Identity.none())
    text = f"\U0001f600 {ADDRESS}"
    assert remarked({"message": text}, open_)["message"][""]["len"] == len(text)
    assert "len" not in json.dumps(remarked({"message": text}))


def test_what_is_not_sent_as_an_event_has_no_remarks() -> None:
    """A breadcrumb, a log or a dictionary of a test would only carry them along."""
    assert "_meta" not in scrubbed({"message": ADDRESS})
    assert "_meta" not in scrubbed({"category": "a", "message": ADDRESS}, "breadcrumb")


def test_an_event_without_findings_has_no_remarks() -> None:
    """Nothing is added to it."""
    assert remarked({"message": "ok", "extra": {"n": 7}}) is None


@pytest.mark.parametrize(
    ("operator", "kind"), [("mask", "m"), ("remove", "x"), ("pseudonym", "p"), ("replace", "s")]
)
def test_the_kind_of_a_remark_is_that_of_the_operator(
    operator: str,
    kind: str,
    tmp_path: Any,  # noqa: ANN401
) -> None:
    """As Sentry's own rules tell it."""
    policy = replace(SCRUBBER.policy, operator=operator)
    scrubber = Scrubber(policy, identity=Identity.none(), key=tmp_path / "key")
    ((_, found, *_),) = remarked({"message": f"to {ADDRESS}"}, scrubber)["message"][""]["rem"]
    assert found == kind


def test_an_event_that_others_write_into_is_one_of_its_states() -> None:
    """Another thread may add raw data at any moment; what is sent holds none of it."""
    event: dict[Any, Any] = {"extra": {str(n): f"to {ADDRESS}" for n in range(40)}}
    stop = threading.Event()

    def write() -> None:
        n = 40
        while not stop.is_set():
            event["extra"][str(n)] = [ADDRESS, {"a": ADDRESS}]
            event["extra"].pop(str(n - 20), None)
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        sent = [SCRUBBER.scrub(event) for _ in range(10)]
    finally:
        stop.set()
        writer.join()
    assert ADDRESS not in json.dumps(sent)
    assert None not in sent
