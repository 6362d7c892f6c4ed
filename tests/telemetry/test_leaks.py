"""Nothing that is planted in a program's surroundings is in what a server receives."""

from __future__ import annotations

import getpass
import json
import os
import platform
import socket
import sys
from contextlib import ExitStack
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrubber.telemetry import (
    Choice,
    Client,
    CommandLine,
    Event,
    Flag,
    GoogleAnalytics4,
    JsonEndpoint,
    Number,
    PublicName,
)
from scrubber.testing import Planted, Sample, assert_no_leak
from scrubber.testing.leaks import leaks
from scrubber.testing.strategies import (
    emails,
    home_paths,
    ip_addresses,
    person_names,
    secrets,
    usernames,
)
from tests.telemetry.clients import EVENTS, SCRUBBER, Choices
from tests.telemetry.servers import PATIENCE, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = CommandLine(
    {
        "epochs": Number(0, 1000),
        "model": PublicName("models"),
        "data": PublicName("datasets"),
        "task": Choice("detect", "segment"),
        "amp": Flag(),
        "project": None,
    },
    ("train", "val"),
)
START = Event("start", LINE.parameters)

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=60)
PLANTED = st.one_of(
    emails(),
    home_paths(),
    ip_addresses(),
    person_names(),
    secrets(),
    usernames(),
    # A number is what some parameters may hold: `0000` stands in 10000.
    ANY_TEXT.filter(lambda text: any(map(str.isalpha, text))).map(partial(Planted, "TEXT")),
)
# Where a text can stand in what a program gives, and in what surrounds it.
WORDS = (
    "{}",
    "--name={}",
    "--{}",
    "--{}=1",
    "{}=1",
    "--epochs={}",
    "--model={}",
    "--model={}.pt",
    "--task={}",
    "--project={}",
    "project={}",
    "--amp={}",
    "data={}.yaml",
    "-{}",
)


class Surroundings:
    """A host that is called after somebody, for as long as it is entered."""

    def __init__(self, text: str, torch: bool) -> None:  # noqa: FBT001  # drawn
        self._text = text
        self._torch = torch
        self._stack = ExitStack()

    def __enter__(self) -> None:
        text = self._text
        plain = text.replace("\0", "")
        patch = self._stack.enter_context(pytest.MonkeyPatch.context())
        for name in ("USER", "LOGNAME", "HOSTNAME", "JANE", "MODEL", "WANDB_NAME"):
            patch.setenv(name, plain)
        patch.setattr(sys, "argv", [text, *(word.format(text) for word in WORDS)])
        names = (
            (getpass, "getuser"),
            (platform, "node"),
            (socket, "gethostname"),
            (os, "getlogin"),
        )
        for module, name in names:
            patch.setattr(module, name, lambda: text)
        if self._torch:
            card = SimpleNamespace(
                is_initialized=lambda: True,
                current_device=lambda: 0,
                get_device_name=lambda _: text,
            )
            patch.setitem(sys.modules, "torch", SimpleNamespace(cuda=card))

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def told(content: dict[str, Any], client: Client) -> None:
    """Record all that a program might, with what is in its surroundings."""
    with Surroundings(content["text"], content["torch"]):
        text = content["text"]
        client.record("start", **LINE.reduced(sys.argv[1:]))
        client.record("start", **LINE.reduced([text, "train", "--task", text, "--model", text]))
        client.record(
            "train",
            task=text,
            epochs=text,
            images=text,
            amp=text,
            model=text,
            data=text,
            flags=[text, f"--{text}", "amp"],
            **{text: text},
        )
        client.record(text, task=text)
        client.record("export", format=f"onnx {text}")
        assert client.flush(PATIENCE)


def client_for(sink: Any, version: str | None) -> Client:  # noqa: ANN401
    """Return a client for the events of this test, without a limit."""
    return Client(
        Choices(),
        sink,
        [START, *EVENTS],
        app_version=version,
        burst=10**6,
        force=True,
        linger=0,
        scrubber=SCRUBBER,
    )


@pytest.fixture(scope="module")
def plain() -> Iterator[tuple[Server, bytes]]:
    """A server, and what it receives where nothing is planted."""
    with Server() as server:
        for sink in _sinks(server):
            client = client_for(sink, "1.0.0")
            told({"text": "\u2301", "torch": False}, client)
            told({"text": "NVIDIA H200", "torch": True}, client)
            client.close()
        yield server, server.raw
        server.received.clear()


def _sinks(server: Server) -> list[Any]:
    return [
        GoogleAnalytics4("G-EXAMPLE00", "not-a-secret", url=server.url),
        JsonEndpoint(server.url),
    ]


@settings(max_examples=max(10, settings().max_examples // 2))
@given(one=PLANTED, torch=st.booleans(), which=st.sampled_from([0, 1]))
def test_nothing_planted_is_in_what_a_server_receives(
    plain: tuple[Server, bytes],
    one: Planted,
    torch: bool,  # noqa: FBT001  # drawn
    which: int,
) -> None:
    """In arguments, environment, paths, names of models, users and hosts; searched in the bytes."""
    server, known = plain
    # "train" would be found, and tells nothing.
    assume(not leaks(known, [one]))

    def received(content: dict[str, Any]) -> bytes:
        server.received.clear()
        client = client_for(_sinks(server)[which], content["text"])
        told(content, client)
        stats = client.stats()
        assert (stats.sent, stats.unknown, stats.failed, stats.guarded) == (4, 1, 0, 0)
        client.close()
        return server.raw

    assert_no_leak(received, Sample({"text": one.value, "torch": torch}, (one,)))


def test_a_leak_would_be_seen(plain: tuple[Server, bytes]) -> None:
    """The test above is able to fail: an event that tells what it is given is caught."""
    server, _ = plain

    def received(content: dict[str, Any]) -> bytes:
        server.received.clear()
        client = client_for(_sinks(server)[0], None)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Choice, "reduced", lambda _self, value: str(value))
            told(content, client)
        client.close()
        return server.raw

    one = Planted("USERNAME", "vexlora7")
    with pytest.raises(AssertionError, match="USERNAME"):
        assert_no_leak(received, Sample({"text": one.value, "torch": False}, (one,)))


@given(
    st.dictionaries(
        st.sampled_from([*START.parameters, *EVENTS[0].parameters]),
        st.one_of(
            st.text(),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.lists(st.sampled_from(["amp", "epochs", "x"])),
            st.sampled_from(["detect", "yolov8n.pt", "coco"]),
        ),
    ),
    st.sampled_from(["start", "train"]),
)
def test_what_is_not_described_is_not_in_a_payload(given: dict[str, Any], name: str) -> None:
    """Each parameter of a payload stands in the description, and holds what that allows."""
    client = client_for(GoogleAnalytics4("G-EXAMPLE00", "not-a-secret"), "8.3.1")
    description = client.described()
    (event,) = (one for one in description.events if one.name == name)
    known = {one.name: one.allowed for one in (*event.parameters, *description.system)}
    fixed = dict(description.fixed)
    body = json.loads(client.payload(name, **given))
    assert set(body) == {"client_id", "non_personalized_ads", "consent", "events"}
    assert fixed["non_personalized_ads"] == "true"
    for key, value in body["consent"].items():
        assert fixed[f"consent.{key}"] == value
    (sent,) = body["events"]
    for key, value in sent["params"].items():
        if key in fixed:
            assert str(value) == fixed[key]
            continue
        allowed = known[key]
        if allowed.kind == "flags":
            parts = {part for part in value.split(",") if not part.startswith("+")}
            assert parts <= set(allowed.values)
        elif allowed.values:
            assert str(value) in allowed.values
        else:
            assert allowed.low is not None
            assert allowed.high is not None
            assert allowed.low <= value <= allowed.high
