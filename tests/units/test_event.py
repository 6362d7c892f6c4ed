"""Events are copied, read as units and rebuilt: `scrubber.units.event`."""

from __future__ import annotations

import copy
import enum
import json
import math
import sys
import threading
from collections import OrderedDict, namedtuple
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, NoReturn
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import BudgetError, UnitError
from scrubber.units.event import EventDocument, EventLimits, read_event

PLANTED = "jane@example.com"


def keep(text: str) -> str:
    """Replace nothing."""
    return text


def never(_name: str) -> None:
    """Hold no name sensitive."""


def secret(name: str) -> str | None:
    """Hold names that speak of a token sensitive."""
    return "SECRET" if "token" in name else None


def whole(entity: str, _text: str) -> str:
    """Replace a text by its entity."""
    return f"[{entity.lower()}]"


def redact(text: str) -> str:
    """Replace the planted address, and numbers that hold 555."""
    return text.replace(PLANTED, "[email]").replace("555", "[phone]")


def rebuilt(event: object) -> dict[str, Any]:
    """Read and rebuild with nothing replaced."""
    return read_event(event).rebuild(keep, never, whole)


def scrubbed(event: object) -> dict[str, Any]:
    """Read and rebuild with the planted data replaced."""
    return read_event(event).rebuild(redact, secret, whole)


class Text(str):
    """A str whose own code gives the raw text away, or fails."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        raise AssertionError

    __repr__ = __str__


class Whole(int):
    """An int that fails to print itself."""

    def __repr__(self) -> NoReturn:
        raise AssertionError

    __str__ = __int__ = __index__ = __repr__


class Real(float):
    """A float that fails to print itself."""

    def __repr__(self) -> NoReturn:
        raise AssertionError

    __str__ = __float__ = __repr__


class Octets(bytes):
    """Bytes that fail to be decoded or measured."""

    def decode(self, *_: object, **__: object) -> NoReturn:
        """Fail."""
        raise AssertionError

    def __len__(self) -> NoReturn:
        raise AssertionError


class Rows(list[object]):
    """A list that fails to be walked."""

    def __iter__(self) -> NoReturn:
        raise AssertionError

    def __len__(self) -> NoReturn:
        raise AssertionError


class Fields(dict[str, object]):
    """A dict that fails to be walked."""

    def items(self) -> NoReturn:
        """Fail."""
        raise AssertionError

    def __getitem__(self, _: object) -> NoReturn:
        raise AssertionError

    __iter__ = __len__ = items


class Opaque:
    """An object that gives the planted address away when it is asked for anything."""

    def __repr__(self) -> str:
        return PLANTED

    __str__ = __repr__

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise AssertionError


class Colour(enum.Enum):
    """A plain enumeration."""

    RED = PLANTED


class Rank(enum.IntEnum):
    """A number with a name."""

    FIRST = 1


class Mood(enum.StrEnum):
    """A string with a name."""

    CALM = "calm"


class Zone(tzinfo):
    """A time zone of the caller's making."""

    def utcoffset(self, _: datetime | None) -> NoReturn:
        """Fail."""
        raise AssertionError

    dst = tzname = utcoffset


Point = namedtuple("Point", "x y")  # noqa: PYI024 - the subject of the test

MOMENT = datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
NAMED = timezone(timedelta(hours=2), PLANTED)
NAMELESS = timezone(timedelta(hours=2))
HERE = __name__


# By name: pytest prints parameters, and some of these fail when they are printed.
VALUES: dict[str, tuple[object, object]] = {
    "none": (None, None),
    "bool": (True, True),
    "int": (7, 7),
    "float": (-1.5, -1.5),
    "infinity": (math.inf, math.inf),
    "str": ("text", "text"),
    "lone surrogate": ("\ud800\0", "\ud800\0"),
    "list": ([1, ["a"]], [1, ["a"]]),
    "tuple": ((1, ("a",)), (1, ("a",))),
    "dict": ({"a": {}}, {"a": {}}),
    "str subclass": (Text("text"), "text"),
    "str enum": (Mood.CALM, "calm"),
    "int subclass": (Whole(7), 7),
    "int enum": (Rank.FIRST, 1),
    "float subclass": (Real(1.5), 1.5),
    "list subclass": (Rows([1, "a"]), [1, "a"]),
    "dict subclass": (Fields(a=1), {"a": 1}),
    "ordered dict": (OrderedDict(a=1), {"a": 1}),
    "named tuple": (Point(1, "a"), (1, "a")),
    "bytes": (b"caf\xc3\xa9 \xff", "café \\xff"),
    "bytes subclass": (Octets(b"text"), "text"),
    "huge int": (10**5000, 0),
    "huge negative int": (-(10**5000), 0),
    "widest int": (2**2048 - 1, 2**2048 - 1),
    "too wide int": (2**2048, 0),
    "date": (date(2024, 2, 3), date(2024, 2, 3)),
    "datetime": (MOMENT, MOMENT),
    "naive datetime": (MOMENT.replace(tzinfo=None), MOMENT.replace(tzinfo=None)),
    "datetime in a zone": (MOMENT.replace(tzinfo=Zone()), "<datetime.datetime>"),
    "decimal": (Decimal("1.5"), "<decimal.Decimal>"),
    "uuid": (UUID(int=1), "<uuid.UUID>"),
    "set": ({1}, "<builtins.set>"),
    "bytearray": (bytearray(b"a"), "<builtins.bytearray>"),
    "complex": (1j, "<builtins.complex>"),
    "object": (Opaque(), f"<{HERE}.Opaque>"),
    "enum": (Colour.RED, f"<{HERE}.Colour>"),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_becomes_its_plain_kind(name: str) -> None:
    """Values keep their kind; what has none of its own becomes the name of its type."""
    value, expected = VALUES[name]
    actual = rebuilt({"k": value})["k"]
    assert expected == actual
    assert type(expected) is type(actual)


def test_a_path_becomes_the_name_of_its_type() -> None:
    """A path is not printed: its module differs between versions of Python, its name does not."""
    actual = rebuilt({"k": PurePosixPath("/home/jane")})["k"]
    assert actual.startswith("<pathlib")
    assert actual.endswith(".PurePosixPath>")


def test_nan_stays() -> None:
    """NaN is no text, so it has no unit and stays."""
    document = read_event({"k": math.nan})
    assert math.isnan(document.rebuild(redact, never, whole)["k"])  # type: ignore[arg-type]
    assert document.texts == ("k",)


def test_a_datetime_loses_the_name_of_its_offset() -> None:
    """The name of an offset is free text; the moment and the offset stay."""
    actual = rebuilt({"k": MOMENT.replace(tzinfo=NAMED)})["k"]
    assert actual == MOMENT.replace(tzinfo=NAMED)
    assert repr(actual.tzinfo) == repr(NAMELESS)


def _with_module(module: object) -> type:
    return type("Made", (), {"__module__": module})


def _without_module() -> type:
    scope: dict[str, Any] = {}
    exec("made = type('Made', (), {})", scope)  # noqa: S102 - only so is there no module
    made: type = scope["made"]
    return made


def _with_qualname(qualname: str) -> type:
    made = type("Made", (), {"__module__": "pkg"})
    made.__qualname__ = qualname
    return made


class Meta(type):
    """A metaclass that lies about its classes."""

    def __getattribute__(cls, _: str) -> str:
        return PLANTED


KINDS: dict[str, tuple[type, str]] = {
    "module": (_with_module("pkg.sub"), "<pkg.sub.Made>"),
    "free text as module": (_with_module(PLANTED), "<object>"),
    "number as module": (_with_module(7), "<object>"),
    "str subclass as module": (_with_module(Text("pkg")), "<object>"),
    "line end in module": (_with_module("pkg\n"), "<object>"),
    "long word in module": (_with_module("p" * 65), "<object>"),
    "many words in module": (_with_module(".".join(["p"] * 17)), "<object>"),
    "no module": (_without_module(), "<object>"),
    "local class": (_with_qualname("f.<locals>.C"), "<pkg.f.<locals>.C>"),
    "free text as name": (_with_qualname(PLANTED), "<object>"),
    "name not in ascii": (_with_qualname("Zo\u00eb"), "<object>"),
    "str subclass as name": (_with_qualname(Text("C")), "<object>"),
    "lying metaclass": (Meta("Made", (), {"__module__": "pkg"}), "<pkg.Made>"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_type_is_named_only_by_ascii_identifiers(name: str) -> None:
    """Names of types may be any text and are read without their metaclass."""
    kind, expected = KINDS[name]
    assert rebuilt({"k": kind()})["k"] == expected


def test_the_name_of_a_type_is_a_unit() -> None:
    """A module may be named after a person, so the name of a type is scanned too."""
    assert "<pkg.Made>" in read_event({"k": _with_module("pkg")()}).texts


KEYS: dict[str, tuple[object, str]] = {
    "int": (1, "1"),
    "int subclass": (Whole(1), "1"),
    "bool": (True, "true"),
    "none": (None, "null"),
    "float": (1.5, "1.5"),
    "float subclass": (Real(1.5), "1.5"),
    "nan": (math.nan, "NaN"),
    "huge int": (10**5000, "0"),
    "bytes": (b"k\xff", "k\\xff"),
    "bytes subclass": (Octets(b"k"), "k"),
    "str subclass": (Text("k"), "k"),
    "tuple": (("a", PLANTED), "<builtins.tuple>"),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_becomes_the_string_json_writes(name: str) -> None:
    """Every key of the result is a str, and one of the units."""
    key, expected = KEYS[name]
    document = read_event({key: None})
    assert document.texts == (expected,)
    result = document.rebuild(keep, never, whole)
    assert result == {expected: None}
    assert {type(key) for key in result} == {str}


def test_each_distinct_text_is_one_unit_in_order() -> None:
    """A text that appears twice, as key, string or number, is one unit."""
    event = {"a": ["b", "a", 7, "7", (1.5, True)], "c": {"b": None}}
    assert read_event(event).texts == ("a", "b", "7", "1.5", "c")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"k": f"to {PLANTED}"}, {"k": "to [email]"}),
        ({"k": 1555}, {"k": 0}),
        ({"k": 1.555}, {"k": 0.0}),
        ({"k": 1}, {"k": 1}),
        ({PLANTED: 1}, {"[email]": 1}),
        ({1555: 1}, {"1[phone]": 1}),
        ({"k": PLANTED.encode()}, {"k": "[email]"}),
        ({"k": (PLANTED, [PLANTED])}, {"k": ("[email]", ["[email]"])}),
    ],
)
def test_findings_are_replaced_wherever_they_stand(
    event: dict[object, object], expected: dict[str, object]
) -> None:
    """Strings and keys become their replacement, a number with a finding becomes 0 of its type."""
    actual = scrubbed(event)
    assert expected == actual
    assert [type(value) for value in expected.values()] == [type(v) for v in actual.values()]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["a@x", "b@x"], ["[x]", "[x] (2)"]),
        (["a@x", "b@x", "c@x"], ["[x]", "[x] (2)", "[x] (3)"]),
        (["a@x", "[x]"], ["[x] (2)", "[x]"]),
        (["a@x", "b@x", "[x] (2)"], ["[x]", "[x] (3)", "[x] (2)"]),
        ([1, "1"], ["1 (2)", "1"]),
        ([b"1", "1", 1], ["1 (2)", "1", "1 (3)"]),
    ],
)
def test_keys_that_collide_are_numbered(keys: list[object], expected: list[str]) -> None:
    """No entry is lost; a key that needs no change keeps its name."""
    event = dict.fromkeys(keys)
    document = read_event(event)
    actual = document.rebuild(lambda key: "[x]" if "@" in key else key, never, whole)
    assert expected == list(actual)


def test_many_colliding_keys_take_linear_time() -> None:
    """Numbering goes on where it was, so 20,000 collisions are no slower than they must be."""
    asked = 0

    def count(_: str) -> str:
        nonlocal asked
        asked += 1
        return "[x]"

    actual = read_event({str(n): n for n in range(20_000)}).rebuild(count, never, whole)
    assert list(actual)[-1] == "[x] (20000)"
    assert asked == 20_000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "[secret]"),
        ("", "[secret]"),
        (7, 0),
        (1.5, 0.0),
        (math.inf, 0.0),
        (True, True),
        (None, None),
        (b"text", "[secret]"),
        (MOMENT, "[secret]"),
        (date(2024, 2, 3), "[secret]"),
        (["a", 7, None], ["[secret]", 0, None]),
        (["a", "b"], ["[secret]", "[secret]"]),
        (("a",), ("[secret]",)),
        ({"a": ["b"], PLANTED: {"c": 7}}, {"a": ["[secret]"], "[email]": {"c": 0}}),
    ],
)
def test_what_stands_under_a_sensitive_key_is_replaced_whole(
    value: object, expected: object
) -> None:
    """Every leaf goes, the shape and the other keys stay."""
    actual = scrubbed({"token": value})["token"]
    assert expected == actual
    assert type(expected) is type(actual)


def test_the_nearest_sensitive_key_names_the_entity() -> None:
    """A key inside a sensitive container may know better what it holds."""

    def sensitive(name: str) -> str | None:
        return {"token": "SECRET", "mail": "EMAIL_ADDRESS"}.get(name)

    document = read_event({"token": {"mail": "a", "x": "b"}})
    assert document.rebuild(keep, sensitive, whole) == {
        "token": {"mail": "[email_address]", "x": "[secret]"}
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([["token", "a"], ["accept", "b"]], [["token", "[secret]"], ["accept", "b"]]),
        ([("token", "a")], [("token", "[secret]")]),
        (["token", ["a", 7]], ["token", ["[secret]", 0]]),
        (["token", "a", "b"], ["token", "a", "b"]),
        (["token"], ["token"]),
        ([7, "a"], [7, "a"]),
        ([PLANTED, "a"], ["[email]", "a"]),
    ],
)
def test_the_value_of_a_pair_with_a_sensitive_name_is_replaced(
    value: object, expected: object
) -> None:
    """Headers and the like may be lists of `[name, value]`."""
    assert scrubbed({"headers": value}) == {"headers": expected}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["run.py", "--token", "x", "y"], ["run.py", "--token", "[secret]", "y"]),
        (["run.py", "--token", "--fast", "y"], ["run.py", "--token", "--fast", "y"]),
        (["run.py", "--token=x", "y", 1], ["run.py", "--token=x", "y", 1]),
        (["run.py", "--token", 7, "y"], ["run.py", "--token", 0, "y"]),
        (["run.py", "--size", "7", "y"], ["run.py", "--size", "7", "y"]),
        (["run.py", "y", "--token"], ["run.py", "y", "--token"]),
        (["run.py", f"--{'x' * 70}token", "y"], ["run.py", f"--{'x' * 70}token", "y"]),
    ],
)
def test_what_follows_a_flag_of_a_sensitive_name_is_replaced(
    row: list[object], expected: list[object]
) -> None:
    """`sys.argv` comes item by item: the flag stays, its value goes."""
    assert scrubbed({"argv": row}) == {"argv": expected}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"name": "token", "value": "x"}, {"name": "token", "value": "[secret]"}),
        ({"key": "token", "value": "x"}, {"key": "token", "value": "[secret]"}),
        ({"name": "size", "value": "x"}, {"name": "size", "value": "x"}),
        ({"name": 7, "value": "x"}, {"name": 7, "value": "x"}),
        ({"name": "token", "values": "x"}, {"name": "token", "values": "x"}),
    ],
)
def test_a_value_beside_a_sensitive_name_is_replaced(
    entry: dict[str, object], expected: dict[str, object]
) -> None:
    """Containers and forms write `{"name": "API_TOKEN", "value": "..."}`."""
    assert scrubbed({"env": [entry, 1, 2]}) == {"env": [expected, 1, 2]}


def test_a_key_is_judged_by_its_name_as_it_was() -> None:
    """A rule that rewrites the key must not uncover the value."""
    document = read_event({"token of x": "a", "pairs": [["token of x", "b"]]})
    replacement = {text: "[x]" if "token" in text else text for text in document.texts}
    assert document.rebuild(replacement, secret, whole) == {
        "[x]": "[secret]",
        "pairs": [["[x]", "[secret]"]],
    }


def test_a_key_is_judged_by_its_new_name_too() -> None:
    """Otherwise scrubbing twice would replace more than scrubbing once."""

    def replacement(text: str) -> str:
        return text.replace("hunter2", "[token]")

    once = read_event({"hunter2": "a"}).rebuild(replacement, secret, whole)
    assert once == {"[token]": "[secret]"}


def test_a_replacement_may_be_a_mapping() -> None:
    """The result of scanning the units as one batch is a mapping."""
    document = read_event({"a": "b"})
    assert document.rebuild({"a": "x", "b": "y"}, never, whole) == {"x": "y"}


def test_a_missing_replacement_is_an_error() -> None:
    """A unit that was not scanned must not pass, and the error must not name it."""
    with pytest.raises(UnitError, match="no replacement") as caught:
        read_event({"a": PLANTED}).rebuild({"a": "a"}, never, whole)
    assert PLANTED not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_document_shows_nothing_of_its_event() -> None:
    """A `repr` ends up in logs."""
    assert PLANTED not in repr(read_event({"a": PLANTED}))


@pytest.mark.parametrize("make", [list, str, int, object, Opaque])
def test_what_is_no_dict_is_refused(make: type) -> None:
    """Only a dict is an event."""
    with pytest.raises(UnitError, match="not a dict"):
        read_event(make())


def _nested(depth: int, make: type) -> dict[str, object]:
    value: Any = "x"
    for _ in range(depth - 1):
        value = make({"k": value}) if make is dict else make([value])
    return {"k": value}


@pytest.mark.parametrize("make", [dict, list, tuple])
def test_depth_is_limited(make: type) -> None:
    """As many containers as the limit says pass, one more does not."""
    event = _nested(5, make)
    assert rebuilt(event) == event
    assert read_event(event, limits=EventLimits(depth=5)).texts == ("k", "x")
    with pytest.raises(BudgetError, match="depth"):
        read_event(event, limits=EventLimits(depth=4))


def _cyclic(make: str) -> dict[str, object]:
    event: dict[str, object] = {}
    inner: list[object] = [event]
    event["k"] = {"dict": event, "list": inner, "tuple": (inner,)}[make]
    inner.extend([inner] * 100)
    return event


@pytest.mark.parametrize("make", ["dict", "list", "tuple"])
def test_a_cyclic_event_is_refused(make: str) -> None:
    """An event that holds itself is beyond any depth."""
    with pytest.raises(BudgetError, match="holds itself"):
        read_event(_cyclic(make))


@pytest.mark.parametrize(
    ("limits", "event", "limit"),
    [
        (EventLimits(units=2), {"a": ["b", "c"]}, "units"),
        (EventLimits(units=2), {"a": [1, 2]}, "units"),
        (EventLimits(characters=4), {"a": "bcde"}, "characters"),
        (EventLimits(characters=4), {"a": b"bcdef"}, "characters"),
        (EventLimits(characters=4), {"a": b"\xff\xff"}, "characters"),
        (EventLimits(characters=4), {b"bcdef": 1}, "characters"),
        (EventLimits(values=3), {"a": [None, None, None]}, "values"),
    ],
)
def test_an_event_beyond_a_limit_is_refused(
    limits: EventLimits, event: dict[object, object], limit: str
) -> None:
    """What is not read whole is not read at all; the error names the limit."""
    with pytest.raises(BudgetError, match=rf"EventLimits\.{limit};"):
        read_event(event, limits=limits)


@pytest.mark.parametrize(
    ("limits", "event"),
    [
        (EventLimits(units=2), {"a": ["b", "b", "a"]}),
        (EventLimits(characters=4), {"a": ["bcd", "bcd"]}),
        (EventLimits(values=4), {"a": [None, None, None]}),
    ],
)
def test_an_event_at_a_limit_passes(limits: EventLimits, event: dict[str, object]) -> None:
    """A limit is what may be reached; only distinct texts count."""
    assert read_event(event, limits=limits).rebuild(keep, never, whole) == event


def test_one_list_held_in_many_places_cannot_grow_without_end() -> None:
    """Ten lists of ten of the list before, thirty times over, would be 10**30 values."""
    value: object = "x"
    for _ in range(30):
        value = [value] * 10
    with pytest.raises(BudgetError, match="values"):
        read_event({"k": value}, limits=EventLimits(values=10_000))


def test_running_out_of_stack_is_an_error_of_ours() -> None:
    """A limit above what Python's stack holds must not let a RecursionError out."""
    depth = sys.getrecursionlimit() + 10
    with pytest.raises(UnitError, match="stack") as caught:
        read_event(_nested(depth, list), limits=EventLimits(depth=depth))
    assert caught.value.__context__ is None


def test_an_event_that_changes_meanwhile_is_read_or_refused() -> None:
    """Whatever another thread writes, the rebuilt event holds only texts that were units."""
    event: dict[str, object] = {str(n): [PLANTED] * 3 for n in range(300)}
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            event[f"new {n % 50}"] = [f"{PLANTED} {n}"]
            event.pop(f"new {(n + 25) % 50}", None)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(20):
            try:
                document = read_event(event)
            except UnitError:
                continue
            result = document.rebuild(dict.fromkeys(document.texts, "x"), never, whole)
            assert PLANTED not in repr(result)
    finally:
        stop.set()
        writer.join()


def test_what_changes_after_reading_does_not_reach_the_result() -> None:
    """The document is a copy: nothing unscanned can follow."""
    event = {"k": ["a"]}
    document = read_event(event)
    event["k"].append(PLANTED)
    assert document.rebuild(keep, never, whole) == {"k": ["a"]}


TEXTS = st.text(max_size=6) | st.sampled_from([PLANTED, "token", "555", "[email]", "[email] (2)"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXTS
    | st.sampled_from([1555, 5.55])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=20,
)
EVENTS = st.dictionaries(TEXTS, JSON, max_size=4)
ANY_KEYS = TEXTS | st.integers() | st.booleans() | st.none() | st.floats() | st.binary(max_size=4)
ODD = st.dictionaries(
    ANY_KEYS,
    st.recursive(
        LEAVES
        | st.floats()
        | st.binary(max_size=6)
        | st.datetimes()
        | st.dates()
        | st.decimals()
        | st.uuids(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.tuples(inner, inner, inner)
            | st.frozensets(TEXTS, max_size=2)
            | st.dictionaries(ANY_KEYS, inner, max_size=4)
        ),
        max_leaves=20,
    ),
    max_size=4,
)


def shape(value: object) -> object:
    """Give the kinds of containers, their lengths and the kinds of numbers."""
    if isinstance(value, dict):
        return [dict, *map(shape, value.values())]
    if isinstance(value, list | tuple):
        return [type(value), *map(shape, value)]
    return type(value)


@given(EVENTS)
def test_rebuilding_with_nothing_replaced_gives_an_equal_event(event: dict[str, object]) -> None:
    """Plain JSON values pass through unchanged, in new containers."""
    actual = rebuilt(event)
    assert event == actual
    assert list(event) == list(actual)
    assert event is not actual


@given(EVENTS)
def test_scrubbing_keeps_the_shape_and_the_original(event: dict[str, object]) -> None:
    """Kinds of containers, lengths and types of numbers stay; the event given is as before."""
    before = copy.deepcopy(event)
    actual = scrubbed(event)
    assert shape(event) == shape(actual)
    assert before == event
    assert PLANTED not in json.dumps(actual)


@given(EVENTS)
def test_scrubbing_twice_changes_nothing(event: dict[str, object]) -> None:
    """The result is its own result."""
    once = scrubbed(event)
    assert scrubbed(once) == once


@given(ODD)
def test_any_event_becomes_json(event: dict[object, object]) -> None:
    """Whatever the keys and values, the copy can be written once moments are printed."""
    document = read_event(event)
    actual = document.rebuild(redact, secret, whole)
    assert PLANTED not in json.dumps(actual, default=date.isoformat)
    assert shape(document.plain) == shape(document.rebuild(redact, never, whole))
    assert len(actual) == len(event)


@given(ODD)
def test_every_string_of_the_result_is_a_replacement(event: dict[object, object]) -> None:
    """No string or key reaches the result but through the replacement."""
    document: EventDocument = read_event(event)

    def strings(value: object) -> set[str]:
        if isinstance(value, dict):
            return set().union(*({k.split(" ")[0]} | strings(v) for k, v in value.items()))
        if isinstance(value, list | tuple):
            return set().union(*map(strings, value))
        return {value} if isinstance(value, str) else set()

    actual = document.rebuild(dict.fromkeys(document.texts, "x"), never, whole)
    assert strings(actual) <= {"x"}
