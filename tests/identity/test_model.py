"""An identity shows counts and nothing else, whatever is done with it."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any, cast

import pytest

from scrubber.errors import ConfigError
from scrubber.identity.model import KINDS, Identity
from scrubber.identity.roots import Roots

if TYPE_CHECKING:
    from collections.abc import Callable

PLANTED = "planted-value-7"
FULL = Identity(
    **cast("dict[str, Any]", {kind: (PLANTED,) for kind in KINDS if kind != "macs"}),
    macs=("00005e005301",),
    environments=("container",),
    roots=Roots(home=(f"/home/{PLANTED}",)),
)


def test_repr_and_str_are_counts() -> None:
    """Kinds and how many, in the order of the kinds; nothing for nobody."""
    expected = ", ".join(f"{kind}=1" for kind in KINDS)
    assert repr(FULL) == str(FULL) == f"Identity({expected})"
    assert repr(Identity.none()) == "Identity()"
    assert repr(FULL.roots) == "Roots(1 folders)"


def test_counts_leave_out_what_is_not_there() -> None:
    """And what is not personal."""
    assert Identity(hosts=("a1", "b2"), environments=("ci",)).counts() == {"hosts": 2}


def test_revealed_values_make_an_identity_again() -> None:
    """The one way to another process, asked for by name."""
    again = Identity(**cast("dict[str, Any]", FULL.reveal()))
    assert again.reveal() == FULL.reveal()
    assert again.counts() == FULL.counts()
    assert again.roots == Roots.none()


@pytest.mark.parametrize(
    "write",
    [
        pickle.dumps,
        lambda one: pickle.dumps(one, protocol=0),
        copy.copy,
        copy.deepcopy,
        lambda one: one.__getstate__(),
        lambda one: one.__reduce__(),
    ],
)
@pytest.mark.parametrize("secret", [FULL, FULL.roots], ids=["identity", "roots"])
def test_pickling_and_copying_are_refused(
    write: Callable[[object], object], secret: object
) -> None:
    """With a reason, and without a value."""
    with pytest.raises(TypeError, match="neither pickled nor copied") as caught:
        write(secret)
    assert PLANTED not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("accounts", PLANTED),  # a text is a sequence of letters
        ("accounts", ""),
        ("hosts", None),
        ("environments", ("x",)),
        ("names", ("",)),
        ("names", ("x",)),
        ("secrets", ("x" * 4097,)),
        ("emails", (7,)),
        ("macs", ("00:00:5e:00:53:01",)),
        ("macs", ("00005E005301",)),
    ],
)
def test_unusable_values_are_refused(kind: str, values: object) -> None:
    """The message names the kind, and shows nothing."""
    with pytest.raises(ConfigError) as caught:
        Identity(**{kind: values})  # type: ignore[arg-type]
    assert kind in str(caught.value)
    assert PLANTED not in str(caught.value)


def test_lists_become_tuples() -> None:
    """What a user wrote as a list cannot be changed behind our back."""
    values = ["bwayne"]
    identity = Identity(accounts=values)  # type: ignore[arg-type]
    values.append("jdoe")
    assert identity.counts() == {"accounts": 1}
    assert hash(identity) == hash(Identity(accounts=("bwayne",)))
