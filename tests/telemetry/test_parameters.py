"""Five kinds of parameters, and what they make of what a program gives."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ConfigError
from scrubber.telemetry import Choice, Event, Flag, Flags, Number, PublicName
from scrubber.telemetry.limits import REFUSED_PARAMETERS, RESERVED_EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable


class Sly(str):
    """A text that says it equals everything, and is another when it is asked."""

    __slots__ = ()

    def __eq__(self, _: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("detect")

    def __str__(self) -> str:
        return "detect"


class Tensor:
    """Not a number, though it could be asked for one."""

    def __float__(self) -> float:
        raise AssertionError("asked for its value")

    __index__ = __float__


TASK = Choice("detect", "segment")
BUCKETS = Number(0, 1000, buckets=(1, 10, 100))
FLAGS = Flags("amp", "batch-size", "epochs")


@pytest.mark.parametrize(
    ("kind", "value", "reduced"),
    [
        (TASK, "detect", "detect"),
        (TASK, "Detect", "other"),
        (TASK, "detect ", "other"),
        (TASK, "", "other"),
        (TASK, "\udcff", "other"),
        (TASK, Sly("/home/jane"), "other"),
        (TASK, b"detect", None),
        (TASK, None, None),
        (Number(0, 10), 3, 3),
        (Number(0, 10), 3.4, 3),
        (Number(0, 10), -5, 0),
        (Number(0, 10), 10**300, 10),
        (Number(0, 10), Decimal(3), None),
        (Number(0, 10), True, None),
        (Number(0, 10), "3", None),
        (Number(0, 10), math.nan, None),
        (Number(0, 10), math.inf, None),
        (Number(0, 10), Tensor(), None),
        (Number(0, 1, step=0.1), 0.30000000000000004, 0.3),
        (Number(0, 1, step=0.3), 1, 0.9),
        (Number(-1, 1, step=0.5), -0.7, -0.5),
        (BUCKETS, 0, 1),
        (BUCKETS, 9.99, 1),
        (BUCKETS, 10, 10),
        (BUCKETS, 99999, 100),
        (Flag(), True, 1),
        (Flag(), False, 0),
        (Flag(), 1, None),
        (FLAGS, ["epochs", "amp"], "amp,epochs"),
        (FLAGS, {"amp", "jane", "doe"}, "amp,+2"),
        (FLAGS, ["amp", "amp", 7, None], "amp,+2"),
        (FLAGS, (), None),
        (FLAGS, "amp", None),
        (FLAGS, iter(["amp"]), None),
        (FLAGS, [Sly("jane")], "+1"),
        (Flags("detect"), [Sly("jane")], "+1"),
        (FLAGS, [str(at) for at in range(1000)], "+99"),
        (PublicName("models"), "YOLOv8N.PT", "yolov8n"),
        (PublicName("models"), 7, None),
        (PublicName(("net-a",)), "Net-A", "net-a"),
        (PublicName(("net-a",)), "net-a.pt", "other"),
    ],
)
def test_value_is_reduced(kind: Any, value: object, reduced: object) -> None:  # noqa: ANN401
    """Each kind gives what was declared, or nothing."""
    result = kind.reduced(value)
    assert (result, type(result)) == (reduced, type(reduced))


def test_numbers_of_numpy_are_numbers() -> None:
    """A program of machine learning has few others."""
    numpy = pytest.importorskip("numpy")
    number = Number(0, 100)
    assert [number.reduced(numpy.int64(7)), number.reduced(numpy.float32(7.2))] == [7, 7]
    assert number.reduced(numpy.array([7])) is None


def test_flags_are_as_many_as_fit() -> None:
    """A list of names is at most 100 characters, and counts what was left out."""
    names = [f"flag-{at:02}" for at in range(30)]
    told = Flags(*names).reduced(names)
    assert told == ",".join([*names[:12], "+18"])


@pytest.mark.parametrize(
    "make",
    [
        Choice,
        lambda: Choice("a", "a"),
        lambda: Choice(""),
        lambda: Choice("a" * 101),
        lambda: Choice("a\nb"),
        lambda: Choice(7),  # type: ignore[arg-type]
        lambda: Choice(*map(str, range(1001))),
        Flags,
        lambda: Flags("a b"),
        lambda: Flags("a,b"),
        lambda: Flags("ä"),
        lambda: Number(1, 1),
        lambda: Number(2, 1),
        lambda: Number(0, math.inf),
        lambda: Number(0, 10**9),
        lambda: Number(0, 1, step=0),
        lambda: Number(0, 1, step=1e-9),
        lambda: Number(0, 9, buckets=(3, 1)),
        lambda: Number(0, 9, buckets=(-1, 1)),
        lambda: Number(0, 9, buckets=(1, 10)),
        lambda: Number("0", 9),  # type: ignore[arg-type]
        lambda: PublicName("people"),
        lambda: PublicName(()),
        lambda: Event("a b"),
        lambda: Event("1a"),
        lambda: Event("ä"),
        lambda: Event("a" * 41),
        lambda: Event("_a"),
        lambda: Event("ga_a"),
        lambda: Event(""),
        lambda: Event(7),  # type: ignore[arg-type]
        lambda: Event("a", {"x": "free text"}),  # type: ignore[dict-item]
        lambda: Event("a", {"x y": Flag()}),
        lambda: Event("a", {f"x{at}": Flag() for at in range(26)}),
        *(lambda name=name: Event(name) for name in sorted(RESERVED_EVENTS)),
        *(lambda name=name: Event("a", {name: Flag()}) for name in sorted(REFUSED_PARAMETERS)),
    ],
)
def test_what_cannot_be_sent_cannot_be_declared(make: Callable[[], object]) -> None:
    """A limit is met when an event is declared, not when it is sent."""
    with pytest.raises(ConfigError):
        make()


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.lists(st.text()),
    st.sampled_from(["detect", "amp", "yolov8n.pt", ["amp", "x"]]),
    st.builds(Sly, st.text()),
)


@given(ANYTHING)
def test_whatever_is_given_only_what_was_declared_comes_out(value: object) -> None:
    """The promise of the module, for every kind."""
    assert TASK.reduced(value) in {None, "detect", "segment", "other"}
    assert Flag().reduced(value) in {None, 0, 1}
    assert Number(0, 1, step=0.25).reduced(value) in {None, 0, 0.25, 0.5, 0.75, 1}
    assert BUCKETS.reduced(value) in {None, 1, 10, 100}
    names = PublicName("models").allowed.values
    assert PublicName("models").reduced(value) in {None, *names}
    told = FLAGS.reduced(value)
    assert told is None or {part for part in str(told).split(",") if part[0] != "+"} <= {
        "amp",
        "batch-size",
        "epochs",
    }


class Hostile:
    """Fails whatever it is asked."""

    def __getattribute__(self, name: str) -> object:
        raise RuntimeError(name)


def test_a_value_that_fails_is_left_out() -> None:
    """Others of the same event are told."""
    event = Event("train", {"task": TASK, "amp": Flag()})
    assert event.reduced({"task": Hostile(), "amp": True}) == ({"amp": 1}, 1)
