"""What names say of their values in an event: secrets, users and hosts, wherever names stand."""

from __future__ import annotations

import pytest

from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

SCRUBBER = Scrubber(identity=Identity.none())
KEY = "Tr0ub4dor9x"
"""Like no word, and of no form a rule knows."""

GOES: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {"extra": {"sys.argv": ["t.py", "--user", "jdoe", "--host", "lab7", "--password", KEY]}},
        {
            "extra": {
                "sys.argv": [
                    *("t.py", "--user", "[user]", "--host", "[host]"),
                    *("--password", "[secret]"),
                ]
            }
        },
    ),
    (
        {"extra": {"c": ["'mysql'", "'--password'", repr(KEY)]}},
        {"extra": {"c": ["'mysql'", "'--password'", "[secret]"]}},
    ),
    (
        {"extra": {"e": [{"name": "HOSTNAME", "value": "lab7"}, {"Name": "PW_KEY", "Value": "x"}]}},
        {
            "extra": {
                "e": [{"name": "HOSTNAME", "value": "[host]"}, {"Name": "PW_KEY", "Value": "x"}]
            }
        },
    ),
    (
        {"extra": {"e": [{"ParameterKey": "DBPassword", "ParameterValue": KEY}]}},
        {"extra": {"e": [{"ParameterKey": "DBPassword", "ParameterValue": "[secret]"}]}},
    ),
    (
        {"extra": {"user_id": "jdoe", "login": "jdoe", "created_by": "jdoe"}},
        {"extra": {"user_id": "[user]", "login": "[user]", "created_by": "[user]"}},
    ),
    (
        {"extra": {"username": "Jane Doe", "user": "jdoe, jsmith", "hosts": ["lab7"]}},
        {"extra": {"username": "[person]", "user": "[user], [user]", "hosts": ["[host]"]}},
    ),
    (
        {"extra": {"user": {"name": "jdoe", "login": "jdoe", "age": "x"}}},
        {"extra": {"user": {"name": "[user]", "login": "[user]", "age": "x"}}},
    ),
    (
        {"tags": [["sentry:user", "id:12341"], ["user.email", "x"]]},
        {"tags": [["sentry:user", "[user]"], ["user.email", "email@redacted.invalid"]]},
    ),
    (
        {"tags": {"user": "janesmith"}, "message": "hello janesmith"},
        {"tags": {"user": "[user]"}, "message": "hello [user]"},
    ),
    (
        {"extra": {"password": KEY, "args": f"('x', '{KEY}')", "m": f"tried {KEY}"}},
        {"extra": {"password": "[secret]", "args": "('x', '[secret]')", "m": "tried [secret]"}},
    ),
    (
        {"extra": {"h": (("x-api-key", KEY), ("a", "b")), "m": f"tried {KEY}"}},
        {"extra": {"h": (("x-api-key", "[secret]"), ("a", "b")), "m": "tried [secret]"}},
    ),
    (
        {"request": {"query_string": "q=1&access_token=x", "url": "/a?password=x&b=2#c"}},
        {
            "request": {
                "query_string": "q=1&access_token=[secret]",
                "url": "/a?password=[secret]&b=2#c",
            }
        },
    ),
]


@pytest.mark.parametrize(("event", "expected"), GOES)
def test_what_a_name_says_goes(event: dict[str, object], expected: dict[str, object]) -> None:
    """However a report writes names and values side by side."""
    new = SCRUBBER.scrub(event)
    assert new == expected
    assert SCRUBBER.scrub(new) == new


STAYS: list[dict[str, object]] = [
    {"extra": {"device_name": "Tesla T4", "user": "not found", "host": "the host is down now"}},
    {"extra": {"labels": ["token", "password"], "roles": ["user", "assistant"]}},
    {"extra": {"chat": [["user", "hello"], ["assistant", "hi"]]}},
    {"extra": {"schema": {"properties": {"password": {"type": "string", "minLength": 8}}}}},
    {"extra": {"auth": "none", "node_name": "model.conv1"}, "tags": {"auth": "oauth2"}},
    {"extra": {"token": "[secret]", "release": "resnet50"}},
    {"request": {"env": {"SERVER_NAME": "localhost"}}},
    {"logentry": {"message": "epoch %s of %s", "params": [3, 10]}},
]


@pytest.mark.parametrize("event", STAYS)
def test_what_names_nobody_stays(event: dict[str, object]) -> None:
    """Roles in talks, schemas, counts and words that are settings."""
    assert SCRUBBER.scrub(event) == event


@pytest.mark.parametrize(
    ("entry", "params"),
    [
        ({"message": "login %(user)s", "params": {"user": "jdoe"}}, {"user": "[user]"}),
        (
            {"message": "login %(a)s", "params": {"a": "x", "password": KEY}},
            {"a": "x", "password": "[secret]"},
        ),
        ({"message": "{} password={}", "params": ["a", KEY]}, ["a", "[secret]"]),
        ({"message": "login %s", "params": [{"password": KEY}]}, [{"password": "[secret]"}]),
        ({"message": "card %s", "params": [4111111111111111]}, [0]),
        ({"message": "100% of %s", "params": ["jane@example.com"]}, ["[email]"]),
        ({"message": "%s %s", "params": ["one"]}, ["one"]),
        ({"message": "all: %s", "params": {"lr": 0.1, "to": "x"}}, {"lr": 0.1, "to": "x"}),
        ({"message": "all: %s", "params": {"to": "jane@example.com"}}, {"to": "[email]"}),
    ],
)
def test_what_fills_a_template_is_scrubbed_alone_and_in_it(
    entry: dict[str, object], params: object
) -> None:
    """Its own names first: what they found must not come back; its kind stays."""
    new = SCRUBBER.scrub({"logentry": entry})
    assert new == {"logentry": {"message": entry["message"], "params": params}}
    assert SCRUBBER.scrub(new) == new


@pytest.mark.parametrize(
    "held", [lambda text: text, lambda text: {"value": text, "type": "string"}]
)
def test_a_log_of_attributes_is_scrubbed_as_a_template(held: type[str]) -> None:
    """As the SDK gives them to a hook, and as an envelope holds them."""
    name = "sentry.message.parameter."
    attributes = {
        "sentry.message.template": held("no %s with password=%s"),
        f"{name}1": held(KEY),
        f"{name}0": held("a"),
        "user": held("jdoe"),
    }
    new = SCRUBBER.scrub({"body": "x", "attributes": attributes}, kind="log")
    assert new is not None
    assert new["attributes"] == attributes | {f"{name}1": held("[secret]"), "user": held("[user]")}


def test_the_frame_of_a_logger_is_a_template_too() -> None:
    """Its variables hold the message and its arguments."""
    held = {"msg": "'trying password=%s for %s'", "args": [repr(KEY), "'x'"]}
    event = {"threads": [{"stacktrace": {"frames": [{"function": "_log", "vars": held}]}}]}
    assert KEY not in repr(SCRUBBER.scrub(event))


LINES = [
    "db.connect(password=P)",
    "client = OpenAI(api_key=key, host=host)",
    'requests.post(url, json={"password": pw_value})',
    "login(user=username, password=self.password)",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_source_keeps_its_names(line: str) -> None:
    """They are code, and crashes are grouped by it; the same text in a log is none."""
    frame = {"function": "f", "context_line": line, "pre_context": [line]}
    event = {"exception": {"values": [{"type": "E", "stacktrace": {"frames": [frame]}}]}}
    assert SCRUBBER.scrub(event) == event


def test_a_line_of_source_loses_its_values() -> None:
    """What stands in quotes is data."""
    frame = {"context_line": f'db.connect(password="{KEY}", to="jane@example.com")'}
    event = {"exception": [{"type": "E", "stacktrace": {"frames": [frame]}}]}
    new = repr(SCRUBBER.scrub(event))
    assert KEY not in new
    assert "jane@example.com" not in new


def test_a_number_under_the_name_of_a_person_is_a_place() -> None:
    """An index or a count; under the name of a secret it is one."""
    event = {"extra": {"customer": 3, "token": 7}}
    assert SCRUBBER.scrub(event) == {"extra": {"customer": 3, "token": 0}}


def test_a_sentence_under_the_name_of_a_secret_is_scanned() -> None:
    """It says what is wrong with one; whose it is goes all the same."""
    event = {
        "extra": {
            "password": [
                "This field is required.",
                "This is not that of jane@example.com any more.",
            ]
        }
    }
    new = {
        "extra": {"password": ["This field is required.", "This is not that of [email] any more."]}
    }
    assert SCRUBBER.scrub(event) == new
    assert SCRUBBER.scrub(new) == new


def test_nothing_excuses_an_identity() -> None:
    """Its field is its owner's, whatever stands in it."""
    event = {"user": {"username": "none", "id": "This is jane of Ulm."}, "server_name": "basic"}
    new = {"user": {"username": "[user]", "id": "[user]"}, "server_name": "[host]"}
    assert SCRUBBER.scrub(event) == new


EXCUSED: list[dict[str, object]] = [
    {"extra": {"password": "<hunter2>"}},
    {"extra": {"secret": "orbit canyon velvet maple tundra falcon ember hunter2."}},
    {"extra": {"password": {"type": "string", "format": "hunter2"}}},
    {"extra": {"password": {"type": "string", "required": "hunter2"}}},
    {"extra": {"password": {"type": "array", "required": ["hunter2"]}}},
    {"extra": {"e": [{"name": "prod", "key": "DB_PASSWORD", "value": "hunter2"}]}},
    {"logentry": {"message": "login %s", "params": {"a": "x", "password": "hunter2"}}},
]


@pytest.mark.parametrize("event", EXCUSED)
def test_what_only_looks_like_an_excuse_is_none(event: dict[str, object]) -> None:
    """A template, a sentence, a schema, another name beside."""
    new = SCRUBBER.scrub(event)
    assert new is not None
    assert "tags" not in new  # and it costs no report
    assert "hunter2" not in repr(new)
    assert SCRUBBER.scrub(new) == new


def test_a_long_number_under_the_name_of_a_user_is_one() -> None:
    """A short one may be a count."""
    event = {"extra": {"user_id": 12345678, "login": 3}}
    assert SCRUBBER.scrub(event) == {"extra": {"user_id": 0, "login": 3}}


def test_a_private_key_in_lines_goes_line_by_line() -> None:
    """As a variable holds it that was split."""
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    pieces = [begin, "ab/" * 20 + "0", "cd+" * 20, end, "an ordinary line"]
    new = SCRUBBER.scrub({"extra": {"pieces": pieces, "quoted": [repr(one) for one in pieces]}})
    assert new is not None
    assert "ab/" not in repr(new)
    assert "cd+" not in repr(new)
    assert new["extra"]["pieces"][-1] == "an ordinary line"
    assert SCRUBBER.scrub(new) == new


def test_a_server_is_a_host_where_it_has_a_domain() -> None:
    """Otherwise it may be a program."""
    event = {"contexts": {"x": {"server": "db2.example.com"}}, "extra": {"server": "gunicorn"}}
    new = {"contexts": {"x": {"server": "[host]"}}, "extra": {"server": "gunicorn"}}
    assert SCRUBBER.scrub(event) == new
