"""Typed reading of TOML tables: values of the wanted type, or reasons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.ruleset.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "key must be a string that is not empty"
TEXTS = "key must be an array of strings, none empty"
TABLES = "key must be an array of tables: [[key]]"
RANGE = "key must be from 0 to 1"


def text(table: Table) -> object:
    """Read a string that must be there."""
    return table.text("key")


def text_or_x(table: Table) -> object:
    """Read a string with a default."""
    return table.text("key", "x")


def given(table: Table) -> object:
    """Read a string that may be left out."""
    return table.given("key")


def choice(table: Table) -> object:
    """Read one of two strings."""
    return table.choice("key", "a", ("a", "b"))


def number(table: Table) -> object:
    """Read a number that must be there."""
    return table.number("key", None, 0.0, 1.0)


def number_or_half(table: Table) -> object:
    """Read a number with a default."""
    return table.number("key", 0.5, 0.0, 1.0)


def integer(table: Table) -> object:
    """Read an integer with a default."""
    return table.integer("key", 4, 1, 8)


def flag(table: Table) -> object:
    """Read a boolean with a default."""
    return table.flag("key", default=True)


def texts(table: Table) -> object:
    """Read any number of strings."""
    return table.texts("key")


def two_texts(table: Table) -> object:
    """Read two strings or more."""
    return table.texts("key", least=2)


def inner_table(table: Table) -> object:
    """Read a table as it is."""
    return table.table("key")


def inner_tables(table: Table) -> object:
    """Read an array of tables as they are."""
    return table.tables("key")


def within(table: Table) -> object:
    """Read a table inside, that is not there."""
    return table.within("key")


@pytest.mark.parametrize(
    ("read", "raw", "expected"),
    [
        (text, {"key": "some"}, "some"),
        (text_or_x, {"key": "some"}, "some"),
        (text_or_x, {"key": ""}, ""),
        (text_or_x, {}, "x"),
        (given, {"key": "some"}, "some"),
        (given, {}, ""),
        (choice, {"key": "b"}, "b"),
        (choice, {}, "a"),
        (number, {"key": 0.25}, 0.25),
        (number, {"key": 0}, 0.0),
        (number, {"key": 1.0}, 1.0),
        (number_or_half, {}, 0.5),
        (integer, {"key": 1}, 1),
        (integer, {"key": 8}, 8),
        (integer, {}, 4),
        (flag, {"key": False}, False),
        (flag, {}, True),
        (texts, {"key": ["a", "b"]}, ("a", "b")),
        (texts, {"key": []}, ()),
        (texts, {}, ()),
        (two_texts, {"key": ["a", "b"]}, ("a", "b")),
        (inner_table, {"key": {"a": 1}}, {"a": 1}),
        (inner_table, {}, {}),
        (inner_tables, {"key": [{"a": 1}, {}]}, [{"a": 1}, {}]),
        (inner_tables, {}, []),
        (within, {}, None),
    ],
)
def test_value_of_the_wanted_type_is_given(
    read: Callable[[Table], object], raw: dict[str, Any], expected: object
) -> None:
    """What is right, or left out where it may be, gives no reason."""
    table = Table(raw)
    found = read(table)
    assert found == expected
    assert type(found) is type(expected)
    assert table.finish() == []


@pytest.mark.parametrize(
    ("read", "raw", "reason"),
    [
        (text, {}, "key is missing"),
        (text, {"key": ""}, TEXT),
        (text, {"key": " \n"}, TEXT),
        (text, {"key": 3}, TEXT),
        (text, {"key": ["a"]}, TEXT),
        (text_or_x, {"key": 3}, TEXT),
        (given, {"key": " "}, TEXT),
        (given, {"key": False}, TEXT),
        (choice, {"key": "c"}, "key must be one of: a, b"),
        (choice, {"key": ["a"]}, "key must be one of: a, b"),
        (choice, {"key": ""}, "key must be one of: a, b"),
        (number, {}, "key is missing"),
        (number, {"key": "0.5"}, "key must be a number"),
        (number, {"key": True}, "key must be a number"),
        (number, {"key": -0.001}, RANGE),
        (number, {"key": 1.001}, RANGE),
        (number, {"key": math.nan}, RANGE),
        (number, {"key": math.inf}, RANGE),
        (number, {"key": 10**400}, RANGE),
        (number_or_half, {"key": "0.5"}, "key must be a number"),
        (integer, {"key": 4.0}, "key must be an integer"),
        (integer, {"key": True}, "key must be an integer"),
        (integer, {"key": "4"}, "key must be an integer"),
        (integer, {"key": 0}, "key must be from 1 to 8"),
        (integer, {"key": 9}, "key must be from 1 to 8"),
        (flag, {"key": 1}, "key must be true or false"),
        (flag, {"key": "true"}, "key must be true or false"),
        (texts, {"key": "a"}, TEXTS),
        (texts, {"key": ["a", 1]}, TEXTS),
        (texts, {"key": ["a", ""]}, TEXTS),
        (texts, {"key": ["a", " "]}, TEXTS),
        (two_texts, {}, "key is missing"),
        (two_texts, {"key": ["a"]}, "key needs at least 2 entries"),
        (inner_table, {"key": [1]}, "key must be a table"),
        (inner_tables, {"key": {"a": 1}}, TABLES),
        (inner_tables, {"key": [{}, 1]}, TABLES),
    ],
)
def test_wrong_value_becomes_one_reason(
    read: Callable[[Table], object], raw: dict[str, Any], reason: str
) -> None:
    """Reading goes on with a harmless value, and the reason says what the key must be."""
    table = Table(raw)
    read(table)
    assert table.finish() == [reason]


@pytest.mark.parametrize("raw", [None, 3, "text", [], [{}]])
def test_what_is_no_table_is_a_reason(raw: object) -> None:
    """It is read on as an empty table."""
    table = Table(raw, name="context")
    assert table.text("words", "none") == "none"
    assert table.finish() == ["context must be a table"]
    assert Table(raw).finish() == ["this must be a table"]


def test_key_nobody_asked_for_is_a_reason() -> None:
    """A misspelt option is named together with the ones there are, after all other reasons."""
    table = Table({"wrods": 1, "confidnece": 2, "words": 3, "window": 4, "off": 5})
    table.texts("words")
    table.know("window", "boost")
    assert table.within("end") is None
    table.flag("off", default=False)
    known = "known: boost, end, off, window, words"
    assert table.finish() == [
        "words must be an array of strings, none empty",
        "off must be true or false",
        f"unknown key confidnece; {known}",
        f"unknown key wrods; {known}",
    ]


def test_inner_table_names_itself_in_its_reasons() -> None:
    """Its reasons are the outer table's once taken."""
    table = Table({"context": {"window": "wide", "wrods": []}}, name="rule")
    inner = table.within("context")
    assert inner is not None
    inner.integer("window", 1, 1, 2)
    assert table.reasons == []
    table.take_reasons(inner)
    assert table.finish() == [
        "rule.context.window must be an integer",
        "unknown key rule.context.wrods; known: window",
    ]


def test_array_of_tables_is_shown_as_it_must_be_written() -> None:
    """In a section of a file, its header has the name of the section."""
    table = Table({"rule": {}}, name="tool.scrubber")
    assert table.tables("rule") == []
    assert table.finish() == [
        "tool.scrubber.rule must be an array of tables: [[tool.scrubber.rule]]"
    ]


def test_table_tells_which_keys_are_there() -> None:
    """Looking at the keys does not make them known."""
    table = Table({"b": 1, "a": 2})
    assert list(table) == ["b", "a"]
    assert "a" in table
    assert "c" not in table
    assert len(table.finish()) == 2
