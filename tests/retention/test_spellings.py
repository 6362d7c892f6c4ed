"""How one person's identifiers are written, and what is somebody else's."""

from __future__ import annotations

import pickle

import pytest

from scrubber.errors import InputError
from scrubber.retention.identifiers import Identifier, read_identifiers, warnings_of
from scrubber.retention.person import Person
from scrubber.retention.spellings import rules_for
from scrubber.ruleset.linear import problems
from scrubber.ruleset.syntax import parse

DOMAIN = "example.com"
JANE = f"jane@{DOMAIN}"
EVERY = (
    "jane.vexler@example.com\njvexler77\nuser: jan\n192.0.2.17\n2001:db8::17\n"
    "Jane Vexler\nZo\xeb K\xf6nig\n+49 30 1234567\n030 7654321\n"
)


def erased(identifiers: str, text: str) -> str:
    """Erase somebody from a text."""
    stream = Person(read_identifiers(identifiers)).stream()
    return stream.feed(text) + stream.finish()


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("jane@example.com", "<jane@example.com>"),
        ("jane@example.com", "JANE@Example.COM."),
        ("jane@example.com", "jane+news@example.com"),
        ("jane@example.com", "mailto:jane%40example.com?x"),
        ("jane@example.com", "/var/mail/jane@example.com.log"),
        ("jane@example.com", "loading...jane@example.com"),
        ("192.0.2.17", "ip-192-0-2-17"),
        ("192.0.2.17", "ec2-192-0-2-17.compute"),
        ("192.0.2.17", "::ffff:192.0.2.17"),
        ("192.0.2.17", "::ffff:c000:211"),
        ("192.0.2.17", "192.000.002.017:443"),
        ("192.0.2.17", "17.2.0.192.in-addr.arpa"),
        ("::ffff:192.0.2.17", "from 192.0.2.17"),
        ("2001:db8::17", "2001:0db8:0000:0000:0000:0000:0000:0017"),
        ("2001:db8::17", "[2001:DB8:0:0::17]:443"),
        ("2001:db8::17", "2001:db8::17%eth0"),
        ("2001:0db8:0::0017", "2001:db8::17"),
        ("2001:db8::c000:211", "2001:db8::192.0.2.17"),
        ("Jane Vexler", "Vexler, Jane"),
        ("Jane Vexler", "jane_vexler"),
        ("Jane Vexler", "JANE  VEXLER"),
        ("Zo\xeb K\xf6nig", "Zoe Koenig"),
        ("Zo\xeb K\xf6nig", "Zoe\u0308 Ko\u0308nig"),
        ("Zo\xeb K\xf6nig", "ZO\xcb K\xd6NIG"),
        ("+49 30 1234567", "+49301234567"),
        ("+49 30 1234567", "0049 30 1234567"),
        ("+49 30 1234567", "+49 (0)30 123-4567"),
        ("+49 30 1234567", "030/1234567"),
        ("+49 30 1234567", "tel:+49-30-1234567"),
        ("030 1234567", "+49 30 1234567"),
        ("jvexler77", "/home/jvexler77/x"),
        ("jvexler77", "C:\\\\Users\\\\jvexler77\\\\new"),
        ("jvexler77", "CORP\\jvexler77"),
        ("jvexler77", "jvexler77_backup"),
    ],
)
def test_a_spelling_is_seen(identifier: str, text: str) -> None:
    """However it is written."""
    assert "[subject]" in erased(identifier, text)


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("jane@example.com", "mary.jane@example.com"),
        ("jane@example.com", "mary-jane@example.com"),
        ("jane@example.com", f"{JANE}.au"),
        ("jane@example.com", f"{JANE}munity"),
        ("jane@example.com", f"jane@my-{DOMAIN}"),
        ("192.0.2.1", "192.0.2.17"),
        ("192.0.2.1", "1192.0.2.1"),
        ("192.0.2.1", "1.192.0.2.1.2"),
        ("10.11.12.13", "at 2026-10-11-12-13"),
        ("10.11.12.13", "at 2026-09-10-11-12-13"),
        ("10.11.12.13", "backup_2026_10_11_12_13.tar"),
        ("2001:db8::1", "2001:db8::17"),
        ("2001:db8::1", "2001:db8::1:17"),
        ("2001:db8::1", "fe80:2001:db8::1"),
        ("Jane Vexler", "Jane Vexlerson"),
        ("+49 30 1234567", "+49 30 12345678"),
        ("+49 30 1234567", "1030.1234567"),
        ("user: jan", "Jan 12 03:04:05"),
        ("user: jan", "12/Jan/2026"),
        ("user: jan", "january jan_backup jan-2026 janet"),
        ("user: mark", "bookmark markdown mark_down"),
    ],
)
def test_somebody_else_is_left(identifier: str, text: str) -> None:
    """What is longer, or another's, is no match."""
    assert erased(identifier, text) == text


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("jane@example.com", "email", "jane@example.com"),
        ("mailto:jane@example.com", "email", "jane@example.com"),
        ("2001:0DB8::0017%eth0", "ip", "2001:db8::17"),
        ("[2001:db8::17]", "ip", "2001:db8::17"),
        ("::ffff:192.0.2.17", "ip", "192.0.2.17"),
        ("tel:+49-30-123456", "phone", "+49-30-123456"),
        ("(030) 123 456", "phone", "(030) 123 456"),
        ("Jane Vexler", "name", "Jane Vexler"),
        ("jvexler77", "user", "jvexler77"),
        ("Name: Jane", "name", "Jane"),
        ("user : 4711", "user", "4711"),
        ("12345", "user", "12345"),
        ("Zoe\u0308", "user", "Zo\xeb"),
    ],
)
def test_a_line_tells_what_it_is(line: str, kind: str, value: str) -> None:
    """By its shape, or by the word before a colon."""
    assert read_identifiers(f"\n# comment\n  {line}\r\n") == [Identifier(kind, value, 3)]


@pytest.mark.parametrize(
    "text",
    ["", "# no one\n\n", "x", "a" * 321, "ip: nowhere", "email: jane", "phone: 12", "...", "a\0b"],
)
def test_what_is_no_identifier_is_refused(text: str) -> None:
    """By the number of its line, and not by its text."""
    with pytest.raises(InputError, match=r"line 1 is no|holds no identifier") as caught:
        read_identifiers(text)
    assert "nowhere" not in str(caught.value)


def test_warnings_name_lines_only() -> None:
    """Of what is short, common, or many machines' address."""
    told = list(warnings_of(read_identifiers("jvexler77\nmark\njan\n10.0.0.1\n::1\n192.0.2.17\n")))
    assert [one.partition(":")[0] for one in told] == ["line 2", "line 3", "line 4", "line 5"]
    assert [one for one in ("mark", "jan", "10.0") if any(one in text for text in told)] == []


def test_nothing_shows_an_identifier() -> None:
    """Neither of what was read, nor of what finds it, nor of its rules."""
    identifiers = read_identifiers("jvexler77\n")
    shown = f"{identifiers!r} {Person(identifiers)!r} {rules_for(identifiers)!r}"
    assert "jvexler77" not in shown


def test_every_pattern_is_linear() -> None:
    """As rules of files must be."""
    rules = rules_for(read_identifiers(EVERY))
    found = {rule.id: problems(parse(rule.pattern)) for rule in rules}
    assert {name: told for name, told in found.items() if told} == {}


def test_a_text_in_pieces_is_the_same() -> None:
    """Wherever it is cut."""
    text = "x jane.vexler@example.com 192.0.2.17\n" * 3
    person = Person(read_identifiers(EVERY))
    stream = person.stream()
    pieces = "".join(stream.feed(one) for one in text) + stream.finish()
    assert pieces == "x [subject] [subject]\n" * 3


def test_erased_again_is_the_same() -> None:
    """What stands there is found by nobody."""
    once = erased(EVERY, EVERY)
    assert erased(EVERY, once) == once
    assert erased("user: subject", "[subject] subject") == "[subject] [subject]"


def test_an_identifier_is_not_pickled_by_accident() -> None:
    """It has a value, and whoever pickles it has it: only its `repr` is silent."""
    one = read_identifiers("jvexler77")[0]
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301  # made here
