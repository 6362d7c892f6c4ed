"""Values under names: judged as in an event, kept in type, and settled after one time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.archive.context import Context
from scrubber.archive.formats.cells import Cells
from scrubber.archive.formats.images import PNG, WAV
from scrubber.archive.limits import Limits, Spent
from scrubber.redact.placeholders import FAILED
from tests.archive.formats.binary_documents import IMAGE, MAIL, WORD, scrubber

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def context() -> Context:
    """Give a context with empty books."""
    return Context(scrubber(), Spent(Limits(), 0))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("note", "all is well", "all is well"),
        ("note", f"mail {MAIL}", "mail [email]"),
        ("password", WORD, "[secret]"),
        ("password", "two plain words", "[secret]"),
        ("password", "none", "none"),
        ("password", "", ""),
        ("password", "[secret] (2)", "[secret] (2)"),
        ("user", "bobby", "[user]"),
        ("user", "[user] (12)", "[user] (12)"),
        ("note", "\udcff stray", "\udcff stray"),
        ("note", f"\udcff {MAIL}", "\udcff [email]"),
        ("password", "x" * 5000, "[secret]"),
    ],
)
def test_a_text_becomes_what_its_name_says(
    context: Context, name: str, text: str, expected: str
) -> None:
    """Once and twice, a name that tells is heeded, and any other is not."""
    cells = Cells(context)
    assert cells.text(text, name) == expected
    assert cells.text(expected, name) == expected
    cells.close()
    assert context.found.report.failures == 0


def test_somebody_elses_placeholder_is_no_numbered_one(context: Context) -> None:
    """`[user:bobby] (2)` is nothing we wrote."""
    assert "bobby" not in Cells(context).text("[user:bobby] (2)", "user")


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("password", 17, 0),
        ("password", 1.5, 0.0),
        ("step", 4111111111111111, 0),
        ("step", 1767225600000000000, 1767225600000000000),
        ("step", 12, 12),
        ("loss", float("inf"), float("inf")),
        ("password", 0, 0),
    ],
)
def test_a_number_stays_or_is_zero(
    context: Context, name: str, number: float, expected: float
) -> None:
    """It keeps its type in any case."""
    done = Cells(context).number(number, name)
    assert (done, type(done)) == (expected, type(number))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (IMAGE, PNG),
        (PNG, PNG),
        (b"ID3\x04" + b"\0" * 9, WAV),
        (b"\x1f\x8b\x08\0\0\0\0\0", b""),
        (b"\0\1\2\3", b"\0\1\2\3"),
        (MAIL.encode() + b"\0\xff", b"[email]\0\xff"),
        (f"mail {MAIL}".encode("utf-16"), "mail [email]".encode("utf-16")),
        (b"PAR1 is a word", b"PAR1 is a word"),
        (b"", b""),
    ],
)
def test_bytes_are_a_text_or_something_that_is_not_shown(
    context: Context, data: bytes, expected: bytes
) -> None:
    """Images, sounds and packed bytes are replaced, other bytes are looked through."""
    cells = Cells(context)
    assert cells.data(data) == expected
    assert cells.data(expected) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (f'"{WORD}"', "api_key", '"[secret]"'),
        ('{"a": ["bobby", 3]}', "user", '{"a": ["[user]", 3]}'),
        (f'{{"password":"{WORD}"}}', "x", '{"password":"[secret]"}'),
        ("0.5000", "lr", "0.5000"),
        ("[" * 9000, "user", None),
    ],
)
def test_json_under_a_name_stays_json(
    context: Context, text: str, name: str, expected: str | None
) -> None:
    """Strings in it are under that name; what is none is a text."""
    done = Cells(context).json(text, name)
    assert expected is None or done == expected


def test_books_are_kept_once(context: Context) -> None:
    """What was written down is not written down again."""
    cells = Cells(context)
    cells.text(f"mail {MAIL}")
    cells.text(WORD, "password")
    cells.close(2, "2026-11-24T03")
    cells.close()
    assert context.found.report.findings == 2
    assert context.found.lines == 2
    assert context.found.hours == {"2026-11-24T03": 2}


@pytest.mark.parametrize("fails", [lambda _: None, lambda _: {"tags": {}}, lambda _: {"extra": 1}])
def test_a_value_no_event_gives_back_is_a_marker(
    context: Context, monkeypatch: pytest.MonkeyPatch, fails: Callable[[object], object]
) -> None:
    """A stub has no such field, and nothing raw stands for it."""
    cells = Cells(context)
    assert cells.tells("password")
    monkeypatch.setattr(type(scrubber()), "scrub", lambda _, event: fails(event))
    assert cells.text("two words", "password") == FAILED
    cells.close()
    assert context.found.report.failures == 1
