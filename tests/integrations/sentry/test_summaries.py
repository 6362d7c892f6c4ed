"""What stands for bulk data: what it is, and nothing that it holds.

Classes of libraries are made here under their names: a class is known by its name alone.
"""

from __future__ import annotations

import argparse
import ctypes
import dataclasses
import enum
import io
import json
import mmap
from array import array
from collections import ChainMap, Counter, UserDict, UserList, deque, namedtuple
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import scrub_text
from scrubber.integrations.sentry.bounded_repr import LONGEST, cut
from scrubber.integrations.sentry.raw_events import summarised
from scrubber.integrations.sentry.summaries import custom_repr, repr_processor, summary, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

WALKING: dict[str, Any] = {"remaining_depth": 5}
LAST: dict[str, Any] = {"remaining_depth": 1}
HIDDEN = "a1" * 16


def refuse(*_: object, **__: object) -> NoReturn:
    """Stand for whatever must not be called."""
    raise AssertionError("asked")


def known(name: str, *bases: type, **attributes: object) -> Any:  # noqa: ANN401
    """Make an object of a class that a library could have."""
    module, _, own = name.rpartition(".")
    asked = {"__repr__": refuse, "__len__": refuse, "__str__": refuse, "__iter__": refuse}
    return type(own, bases, {**asked, **attributes, "__module__": module})()


def named(text: str, module: str = "torch", kind: str = "dtype") -> object:
    """Make an object that has a text."""
    return type(kind, (), {"__module__": module, "__str__": lambda _: text})()


class Size(tuple[int, ...]):
    """A shape, as torch has it."""

    __slots__ = ()


NUMPY = type("UInt8DType", (), {"__module__": "numpy.dtypes", "kind": "u", "name": "uint8"})()
RECORD = type("dtype", (), {"__module__": "numpy", "kind": "V", "name": "void96"})()
CATEGORY = type("CategoricalDtype", (), {"__module__": "pandas", "name": "category"})()
PLACED = {"dtype": named("torch.float32"), "device": named("cuda:0", kind="device")}

KNOWN = [
    (known("numpy.ndarray", dtype=NUMPY, shape=(480, 640, 3)), "<ndarray uint8 480x640x3>"),
    (known("numpy.ndarray", dtype=RECORD, shape=(3,)), "<ndarray void 3>"),
    (known("numpy.ndarray", dtype=NUMPY, shape=()), "<ndarray uint8>"),
    (known("torch.Tensor", shape=Size((8, 3)), **PLACED), "<Tensor float32 8x3 cuda:0>"),
    (known("PIL.Image.Image", mode="RGB", size=(640, 480)), "<Image RGB 640x480>"),
    (known("pandas.core.frame.DataFrame", shape=(1000, 12)), "<DataFrame 1000x12>"),
    (known("pandas.Series", dtype=CATEGORY, shape=(9,)), "<Series category 9>"),
    (known("h5py._hl.dataset.Dataset", shape=property(refuse)), "<Dataset>"),
    (known("pydicom.dataset.Dataset"), "<Dataset>"),
    (known("django.db.models.query.QuerySet"), "<QuerySet>"),
    (array("B", bytes(100)), "<array B 100>"),
    ((ctypes.c_ubyte * 100)(), "<Array>"),
    (io.BytesIO(b"abc"), "<BytesIO>"),
    (mmap.mmap(-1, 16), "<mmap>"),
]

WRONG = [
    {"shape": property(refuse), "dtype": property(refuse)},
    {"shape": (10**30,)},
    {"shape": (-1, 2)},
    {"shape": ("jane", 2)},
    {"shape": (True,)},
    {"shape": (1,) * 40},
    {"shape": "jane"},
    {"dtype": named("torch.jane doe@example.com")},
    {"dtype": type("dtype", (), {"__module__": "numpy", "kind": property(refuse)})()},
    {"device": named("jane:0", kind="device"), "dtype": 5},
]


@pytest.mark.parametrize(("value", "text"), KNOWN, ids=[text for _, text in KNOWN])
def test_a_known_class_is_told_and_not_asked(value: object, text: str) -> None:
    """Each is told by type and shape, at every door, and no method of it is called."""
    assert summary(value) == text
    assert custom_repr(value) == text
    assert repr_processor(value, WALKING) == text


@pytest.mark.parametrize("text", [text for _, text in KNOWN])
def test_a_summary_names_nobody(text: str) -> None:
    """What we write, the scrubber behind us leaves as it is."""
    assert scrub_text(f"batch = {text}") == f"batch = {text}"


@pytest.mark.parametrize("attributes", WRONG)
def test_attributes_that_are_not_what_they_should_be_are_left_out(
    attributes: dict[str, object],
) -> None:
    """One that raises, lies or holds words leaves the class alone."""
    for name in ("numpy.ndarray", "torch.Tensor"):
        told = summary(known(name, **attributes))
        assert told is not None
        assert told.partition(" ")[0].strip("<>") == name.partition(".")[2]
        assert "jane doe" not in told
        assert "1000" not in told


def test_a_class_derived_from_a_known_one_is_told_past_what_it_overrides() -> None:
    """Its name is shown; its own `shape` is not asked."""
    base = type(KNOWN[0][0])
    own = type("Mask", (base,), {"shape": property(refuse), "__repr__": refuse})
    assert summary(own()) == "<Mask uint8 480x640x3>"


def test_a_class_is_known_by_its_module_too() -> None:
    """An array of somebody else's is no array of NumPy's."""
    mine = type("ndarray", (), {"__module__": "numpy_tools", "__repr__": lambda _: "mine"})()
    assert summary(mine) is None
    assert custom_repr(mine) == "mine"


BYTES = [
    (b"abc", None),
    ("Zoë\n".encode(), None),
    (b"a" * 1024, None),
    (b"a" * 1025, "<bytes>"),
    (bytes(8), "<bytes>"),
    (bytes(921_600), "<bytes 921600>"),
    (bytearray(80), "<bytearray>"),
    (memoryview(b"abc"), "<memoryview>"),
    (memoryview(bytes(921_600)), "<memoryview 921600>"),
    (b"%PDF-1.4\n\xe2", "<bytes application/pdf>"),
    (b"\xff\xd8\xff\xe0" + bytes(9000), "<bytes image/jpeg>"),
    (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0" + bytes(9000),
        "<bytes image/png 640x480>",
    ),
]


@pytest.mark.parametrize(("value", "text"), BYTES)
def test_bytes_are_short_text_or_only_a_kind(value: object, text: str | None) -> None:
    """The length of what could be a secret is not told."""
    assert summary(value) == text


def test_a_view_that_was_released_is_a_view() -> None:
    """Whatever is asked of it raises."""
    view = memoryview(b"abc")
    view.release()
    assert summary(view) == "<memoryview>"


NUMBERS = [
    ([1, 2, 3, 4, 5], None),
    ([0.5] * 16, None),
    ([0.5] * 17, "<list of 17 numbers>"),
    ((1,) * 1000, "<tuple of 1000 numbers>"),
    (set(range(50)), "<set of 50 numbers>"),
    (deque([1] * 50), "<deque of 50 numbers>"),
    ([[1.0, 0.0], [0.0, 1.0]], None),
    ([[1, 2, 3]] * 100, "<list of 100x3 numbers>"),
    ([[[0] * 3] * 640] * 480, "<list of 480x640x3 numbers>"),
    ([[0] * 20, [0] * 30], "<list of lists of numbers>"),
    ([None, *[0] * 1000], "<list of 1001 numbers>"),
    ([i if i % 2 else str(i) for i in range(200)], None),
    (["a"] * 200, None),
    ([[]] * 50, None),
    ([True] * 17, "<list of 17 numbers>"),
]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_many_numbers_are_one_thing(value: object, text: str | None) -> None:
    """Pixels go, a box and a matrix stay, and so do lists of words."""
    assert summary(value) == text


def test_lists_in_themselves_are_told_in_bounded_work() -> None:
    """A list that holds itself, and one that holds another twice, sixty times over."""
    loop: list[object] = []
    loop.append(loop)
    tree: list[object] = ["x"]
    for _ in range(60):
        tree = [tree, tree]
    assert custom_repr(loop) == "[<list>]"
    assert len(custom_repr(tree) or "") < LONGEST
    assert repr_processor(loop, WALKING) is NotImplemented


Pair = namedtuple("Pair", ["left", "right"])  # noqa: PYI024  # the older way, too


@dataclasses.dataclass
class Config:
    """Settings, one of which is not to be shown."""

    held: object
    token: str = dataclasses.field(default=HIDDEN, repr=False)


@dataclasses.dataclass(slots=True)
class Slotted:
    """Settings without a dictionary."""

    held: object


@dataclasses.dataclass
class Own:
    """Settings that print themselves."""

    held: object
    token: str = HIDDEN

    def __repr__(self) -> str:
        return f"Own({self.held!r})"


class Settings(dict[str, object]):
    """A mapping that prints itself."""

    __repr__ = refuse
    items = refuse


class Names(list[object]):
    """A list that prints itself."""

    __repr__ = refuse
    __iter__ = refuse
    __len__ = refuse


class Loader:
    """Something with a method."""

    def run(self) -> None:
        """Do nothing."""

    __repr__ = refuse


IMAGE = KNOWN[0][0]
I = KNOWN[0][1]  # noqa: E741  # it stands in a table of texts

HOLDERS = [
    ({"a": IMAGE}, f"{{'a': {I}}}"),
    ([IMAGE, 1], f"[{I}, 1]"),
    ((IMAGE,), f"({I},)"),
    ({1: {2: [IMAGE]}}, f"{{1: {{2: [{I}]}}}}"),
    (Pair(IMAGE, 1), f"Pair(left={I}, right=1)"),
    (Config(IMAGE), f"Config(held={I})"),
    (Slotted(IMAGE), f"Slotted(held={I})"),
    (Own(IMAGE), f"<Own held={I}>"),
    (SimpleNamespace(a=IMAGE), f"SimpleNamespace(a={I})"),
    (argparse.Namespace(a=IMAGE), f"Namespace(a={I})"),
    (Settings(a=IMAGE), f"Settings({{'a': {I}}})"),
    (Names([IMAGE]), f"Names([{I}])"),
    (UserDict(a=IMAGE), f"UserDict({{'a': {I}}})"),
    (UserList([IMAGE]), f"UserList([{I}])"),
    (ChainMap({"a": IMAGE}), f"ChainMap([{{'a': {I}}}])"),
    (Counter("aa"), "Counter({'a': 2})"),
    (deque([IMAGE]), f"deque([{I}])"),
    ({"a": IMAGE}.values(), f"dict_values([{I}])"),
    (partial(print, IMAGE), f"partial(<built-in function print>, ({I},), {{}})"),
    (ValueError("bad", IMAGE), f"ValueError('bad', {I})"),
    (Loader().run, "<bound method Loader.run>"),
    (set(), "set()"),
    (frozenset({"a"}), "frozenset({'a'})"),
    (list(range(3)) * 6 + ["x"], "[" + "0, 1, 2, " * 5 + "0, ...]"),
]


@pytest.mark.parametrize(("value", "text"), HOLDERS, ids=[text for _, text in HOLDERS])
def test_what_holds_others_is_printed_from_what_it_holds(value: object, text: str) -> None:
    """No `repr` of what is inside is called, and a field that hides stays hidden."""
    assert custom_repr(value) == text


class Printed:
    """An object that prints a text."""

    def __init__(self, text: object) -> None:
        """Keep what it prints."""
        self.text = text

    def __repr__(self) -> Any:  # noqa: ANN401  # a text, or what is none
        if isinstance(self.text, BaseException):
            raise self.text
        return self.text


PRINTED = [
    ("Box(1, 2)", "Box(1, 2)"),
    ("Batch(array([[1, 2], [3, 4]]))", "<Printed>"),
    ("Batch(tensor([0.5]))", "<Printed>"),
    ("Batch(" + "173, " * 40 + ")", "<Printed>"),
    ("Batch(" + "\\xad\\xdb" * 40 + ")", "<Printed>"),
    ("Batch(" + ("rdvP" * 19 + "\n") * 40 + ")", "<Printed>"),
    ("x" * 3_000_000, "..."),
    (5, "<Printed>"),
    (ValueError(), "<Printed>"),
    (SystemExit(), "<Printed>"),
    (KeyboardInterrupt(), "<Printed>"),
]


@pytest.mark.parametrize(("shown", "text"), PRINTED, ids=[text for _, text in PRINTED])
def test_the_text_of_an_unknown_object_is_bounded_and_shows_no_data(
    shown: object, text: str
) -> None:
    """Nor does it raise, whatever the object does."""
    assert custom_repr(Printed(shown)) == text
    assert repr_processor(Printed(shown), WALKING) == text


CUTS = [
    ("mail jane@example.com", 12, "mail ..."),
    ("mail jane@example.com now", 21, "mail jane@example.com ..."),
    ("card 4111 1111 1111 1111", 20, "card ..."),
    ("x" * 50, 20, "..."),
    ("x" * 20, 20, "x" * 20),
    ("", 0, ""),
]


@pytest.mark.parametrize(("text", "longest", "expected"), CUTS)
def test_a_cut_leaves_no_half_of_a_secret(text: str, longest: int, expected: str) -> None:
    """Half an address or half a number would be one that no rule knows."""
    assert cut(text, longest) == expected


def test_long_text_in_a_container_is_cut_and_the_whole_is_bounded() -> None:
    """However much is held."""
    address = "jane@example.com "
    text = custom_repr([{"a": address * 500, "b": [address * 50] * 99}] * 99) or ""
    assert len(text) < LONGEST + 300
    assert "jane@" not in text.replace("jane@example.com", "")


class Color(enum.Enum):
    """A word."""

    RED = 1


class Count(enum.IntEnum):
    """A number with a name."""

    ONE = 1


class Liar:
    """An object that says it is a dictionary."""

    @property
    def __class__(self) -> Any:  # noqa: ANN401
        return dict

    @__class__.setter
    def __class__(self, _: object) -> None:
        raise AssertionError("set")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return refuse

    def __repr__(self) -> str:
        return "Liar"


def surprising() -> Any:  # noqa: ANN401
    """Make a class whose class answers nothing."""
    names = ("__hash__", "__subclasscheck__", "__instancecheck__", "__getattribute__", "__eq__")
    meta = type("Surprise", (type,), {**dict.fromkeys(names, refuse), "__name__": property(refuse)})
    return meta("Surprising", (), {"__repr__": lambda _: "surprising"})


def test_objects_that_lie_do_no_harm() -> None:
    """A false class, attributes that are all there, a metaclass of its own."""
    assert (summary(Liar()), custom_repr(Liar())) == (None, "Liar")
    assert repr_processor(Liar(), WALKING) == "Liar"
    kind = surprising()
    made = object.__new__(kind)
    assert summary(made) is None
    assert custom_repr(made) == "surprising"
    assert custom_repr(kind) is None
    assert "jane" not in str(custom_repr(type("jane@example.com", (Printed,), {})(5)))


def test_plain_values_are_left_to_sentry() -> None:
    """It writes them as they are, and a number stays one."""
    for value in ("text", 5, 0.5, None, True, b"abc", range(9)):
        assert custom_repr(value) is None
        assert repr_processor(value, WALKING) is NotImplemented
    assert repr_processor(Count.ONE, WALKING) is NotImplemented
    assert summary(10**6000) == "<int>"


def test_a_class_that_knows_reports_is_left_to_itself() -> None:
    """Sentry asks for `__sentry_repr__`; not of an array, though."""
    mine = type("Mine", (Printed,), {"__sentry_repr__": lambda _: "mine"})("x")
    derived = type("Mask", (type(IMAGE),), {"__sentry_repr__": refuse})()
    assert repr_processor(mine, WALKING) is NotImplemented
    assert repr_processor(derived, WALKING) == "<Mask uint8 480x640x3>"


def test_keys_that_are_bulk_data_are_told() -> None:
    """Sentry would take the text of a key and ask nobody."""
    state = {IMAGE: {"step": 1}}
    assert repr_processor(state, WALKING) == f"{{{I}: {{'step': 1}}}}"
    assert repr_processor({(0, 1): 2, Color.RED: 3}, WALKING) is NotImplemented
    assert repr_processor({bytes(300): 2}, WALKING) == "{<bytes>: 2}"


def test_entries_where_the_depth_ends_are_told() -> None:
    """Sentry would take their `repr`; releases before 2.14 ask nobody."""
    assert repr_processor({"a": [IMAGE], "b": 1}, LAST) == {"a": f"[{I}]", "b": "1"}
    assert repr_processor(["x", Config(IMAGE)], LAST) == ["'x'", f"Config(held={I})"]
    assert repr_processor(["x", 1], LAST) is NotImplemented
    assert repr_processor({"x": 1}, LAST) is NotImplemented


def test_more_entries_than_sentry_keeps_are_annotated_where_the_depth_ends() -> None:
    """So that its page says how many there were."""
    pytest.importorskip("sentry_sdk")
    done = repr_processor([IMAGE] * 30, LAST)
    assert (done.value, done.metadata) == ([I] * 10, {"len": 30})
    done = repr_processor({str(n): IMAGE for n in range(30)}, LAST)
    assert (len(done.value), done.metadata) == (10, {"len": 30})


def test_a_users_function_is_asked_for_what_is_no_bulk_data() -> None:
    """What it gives is kept if it shows no data; what it fails at, we answer."""
    assert wrapped(None) is custom_repr
    assert wrapped(lambda _: "mine")({"a": 1}) == "mine"
    assert wrapped(refuse)(IMAGE) == I
    assert wrapped(refuse)({"a": 1}) == "{'a': 1}"
    answers: list[Any] = [None, "", 5, "array([1, 2])"]
    for answer in answers:
        assert wrapped({"a": answer}.get)("a") is None
    assert wrapped(lambda _: "word " * 9000)("x") != "word " * 9000


def test_an_event_is_summarised_before_it_is_written() -> None:
    """In the parts no processor sees; the program's own objects stay as they are."""
    rows = [[0] * 30] * 30
    context = {"rows": rows, "name": "a", "deep": ({"raw": bytes(9)},)}
    event = {"contexts": {"batch": context}, "extra": {"raw": bytes(9)}, "level": "error"}
    assert summarised(event) == {
        "contexts": {
            "batch": {"rows": "<list of 30x30 numbers>", "name": "a", "deep": ({"raw": "<bytes>"},)}
        },
        "extra": {"raw": bytes(9)},
        "level": "error",
    }
    assert context["rows"] is rows
    assert context["deep"] == ({"raw": bytes(9)},)


def test_an_event_keeps_what_sentry_writes_and_its_own_objects() -> None:
    """Times, numbers and Sentry's marks of what was cut; anything else is the text it has."""
    mark = type("AnnotatedValue", (), {"__module__": "sentry_sdk.utils", "__repr__": refuse})()
    when = datetime(2026, 1, 1, tzinfo=UTC)
    event = {"request": {"data": mark}, "timestamp": when, "contexts": {"a": {"n": Count.ONE}}}
    assert summarised(dict(event)) == event
    held: dict[str, Any] = {"a": Config(IMAGE), "b": Settings(c=IMAGE), "d": {IMAGE}}
    done = summarised({"contexts": held})["contexts"]
    assert done == {"a": f"Config(held={I})", "b": {"c": I}, "d": (I,)}


def test_an_event_that_is_too_deep_or_changes_is_cut() -> None:
    """It is not sent as it is."""
    loop: dict[str, Any] = {}
    loop["a"] = loop
    done = summarised({"contexts": loop})["contexts"]
    assert str(done).count("'a'") == 12
    assert summarised({"contexts": [["x"]] * 60_000})["contexts"][-1] == "<list>"


def planted(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Make anything that may hold a leaf."""
    wrap: list[Callable[[Any], object]] = [
        lambda held: {"a": held},
        lambda held: [held, "x"],
        lambda held: ("x", held),
        lambda held: Pair(1, held),
        Config,
        Slotted,
        Own,
        Settings,
        Printed,
        partial(SimpleNamespace, b=1),
        lambda held: deque([held]),
        ValueError,
    ]

    def made(one: Any, how: Any) -> object:  # noqa: ANN401
        if how is Settings:
            return Settings(a=one)
        return how(one) if not isinstance(how, partial) else SimpleNamespace(a=one, b=1)

    return st.recursive(
        leaf | st.integers(0, 9) | st.text("ab ", max_size=9),
        lambda inner: st.builds(made, inner, st.sampled_from(wrap)),
        max_leaves=12,
    )


LEAVES = st.sampled_from(
    [
        b"\xad" * 5000,
        bytearray(b"\xad" * 50),
        [173] * 99,
        [[173] * 9] * 9,
        (173,) * 50,
        {173: b"\xad" * 50},
    ]
)


@given(planted(LEAVES), st.integers(1, 5))
def test_nothing_planted_survives_in_anything(value: object, depth: int) -> None:
    """And nothing raises, whatever is in what."""
    done = repr_processor(value, {"remaining_depth": depth})
    texts = [custom_repr(value), None if done is NotImplemented else done]
    shown = json.dumps(texts, default=lambda other: other.value)
    assert "xad" not in shown
    assert shown.count("173") <= shown.count("{173: <bytes>}") + shown.count('"173": ')
