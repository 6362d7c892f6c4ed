"""`scrubber scan`: findings without their text, as lines, JSON and SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.cli.sarif import uri_of

if TYPE_CHECKING:
    from tests.cli.conftest import Command

TEXT = "ok\n\N{GRINNING FACE} jane@example.com 192.0.2.1\n".encode()
FOUND = [(2, 3, "EMAIL_ADDRESS", "contact.email"), (2, 20, "IP_ADDRESS", "network.ipv4")]


def sarif(result: Any) -> dict[str, Any]:  # noqa: ANN401  # click's result
    """Give the one run of a SARIF document."""
    document = json.loads(result.stdout)
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("args", [(), ("--line-buffered",)])
def test_text_names_place_and_rule(command: Command, args: tuple[str, ...]) -> None:
    """One line a finding; columns count code points; the end is 1."""
    result = command("scan", *args, stdin=TEXT)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"<stdin>:{line}:{column}: {entity} {rule}" for line, column, entity, rule in FOUND
    ]
    assert result.stderr.startswith("scrubber: 2 findings in 1 document: ")


@pytest.mark.parametrize("layout", ["text", "json", "sarif"])
def test_no_layout_shows_text(command: Command, layout: str) -> None:
    """Neither what was found nor how long it is."""
    short, long = (
        command("scan", "--format", layout, stdin=f"{name}@zqz.example\n".encode())
        for name in ("ab", "a" * 20)
    )
    assert short.stdout == long.stdout
    assert "zqz" not in short.stdout + short.stderr


@pytest.mark.parametrize("layout", ["text", "json", "sarif"])
def test_a_name_of_this_machine_is_listed(
    command: Command, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    """Its rule is none of a file, and each layout knows it; with --no-identity there is none."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    monkeypatch.setenv("USER", "vexlab7")
    args = ("scan", "--format", layout)
    result = command(*args, stdin=b"of vexlab7\n")
    assert (result.exit_code, "identity.account" in result.stdout) == (1, True)
    assert "vexlab7" not in result.stdout + result.stderr
    if layout == "sarif":
        run = json.loads(result.stdout)["runs"][0]
        found = run["results"][0]
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
    assert command(*args, "--no-identity", stdin=b"of vexlab7\n").exit_code == 0


@pytest.mark.parametrize("layout", ["text", "json", "sarif"])
def test_nothing_found_ends_with_0(command: Command, layout: str) -> None:
    """And the document is whole."""
    result = command("scan", "--format", layout, stdin=b"ok\n")
    assert result.exit_code == 0
    if layout != "text":
        assert json.loads(result.stdout)


def test_json_is_one_document(command: Command, folder: Path) -> None:
    """Over all files, with the errors in it; an error counts more than a finding."""
    (folder / "a.log").write_bytes(TEXT)
    (folder / "b.log").write_bytes(TEXT)
    result = command("scan", "--format", "json", "a.log", "missing", "b.log")
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    keys = ("file", "line", "column", "entity", "rule")
    assert [tuple(one[key] for key in keys) for one in document["findings"]] == [
        (name, *found) for name in ("a.log", "b.log") for found in FOUND
    ]
    assert document["errors"] == [
        {"file": "missing", "reason": "cannot be read: no such file or directory"}
    ]
    assert document["failures"] == 0


def test_sarif_has_what_a_code_host_needs(command: Command, folder: Path) -> None:
    """Rules with descriptions, results that point at them, places without snippets."""
    (folder / "my app.log").write_bytes(TEXT)
    result = command("scan", "--format", "sarif", "my app.log")
    assert result.exit_code == 1
    run = sarif(result)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "crashscrub"
    assert all(rule["shortDescription"]["text"] for rule in rules)
    assert len({rule["id"] for rule in rules}) == len(rules)
    places = []
    for one in run["results"]:
        (location,) = one["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "my%20app.log"}
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["message"]["text"]
        region = place["region"]
        assert set(region) == {"startLine", "startColumn"}
        places.append((region["startLine"], region["startColumn"], one["ruleId"]))
    assert places == [(line, column, rule) for line, column, _, rule in FOUND]
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_sarif_tells_what_went_wrong(command: Command) -> None:
    """A file that could not be read is a notification, and the run no success."""
    (invocation,) = sarif(command("scan", "--format", "sarif", "missing"))["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "missing: cannot be read: no such file or directory"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (None, "stdin"),
        (Path("logs/é b.log"), "logs/%C3%A9%20b.log"),
        (Path("c:x"), "c%3Ax"),
        (Path("/var/log/a b"), "file:///var/log/a%20b"),
    ],
)
def test_uri_is_valid(path: Path | None, uri: str) -> None:
    """What is no part of an address is escaped; what looks like a scheme too."""
    assert uri_of(path) == uri


def test_file_that_is_cut_off_lists_nothing(command: Command, folder: Path) -> None:
    """What was found before the end was missing is not listed: nobody shall count on it."""
    import gzip

    (folder / "a.gz").write_bytes(gzip.compress(TEXT * 9000)[:-9])
    result = command("scan", "a.gz", "-q")
    assert (result.exit_code, result.stdout) == (2, "")


def test_failure_is_no_clean_scan(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be scanned is not said to be clean."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("scrubber.detect.reference.find", fail)
    result = command("scan", stdin=TEXT)
    assert result.exit_code == 2
    assert "could not be scrubbed: passed over" in result.stderr
