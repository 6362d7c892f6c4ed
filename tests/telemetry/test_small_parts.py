"""Fields of the system, ranks of PyTorch, the bucket, rare values, addresses of sinks."""

from __future__ import annotations

import os
import sys
from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ConfigError
from scrubber.telemetry import GoogleAnalytics4, JsonEndpoint, KAnonymous, rare
from scrubber.telemetry.client import public_version
from scrubber.telemetry.conditions import under_pytest
from scrubber.telemetry.ranks import is_first
from scrubber.telemetry.rate import Bucket
from scrubber.telemetry.sinks import host_of
from scrubber.telemetry.system import FIELDS, gpu_family, system_fields

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("platform", "told"),
    [("linux", "linux"), ("darwin", "macos"), ("win32", "windows"), ("jane-os", "other")],
)
def test_system_is_told_by_its_family(
    platform: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by its version, distribution or machine."""
    monkeypatch.setattr(sys, "platform", platform)
    assert system_fields()["os"] == told


@pytest.mark.parametrize(
    ("cores", "told"), [(None, 1), (1, 1), (3, 2), (12, 8), (96, 64), (9999, 256)]
)
def test_cores_are_told_by_their_power_of_two(
    cores: int | None, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An odd number of cores is a mark."""
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert system_fields()["cpus"] == told


def test_python_is_told_by_its_minor_version() -> None:
    """No patch level, no build."""
    assert system_fields()["python"] == f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("NVIDIA A100-SXM4-80GB", "ampere"),
        ("NVIDIA A10G", "ampere"),
        ("NVIDIA H100 PCIe", "hopper"),
        ("NVIDIA H200", "hopper"),
        ("NVIDIA GeForce RTX 3090 Ti", "ampere"),
        ("NVIDIA GeForce RTX 4090", "ada"),
        ("NVIDIA L4", "ada"),
        ("Tesla T4", "turing"),
        ("Tesla V100-SXM2-16GB", "volta"),
        ("Tesla P100-PCIE-16GB", "pascal"),
        ("NVIDIA B200", "blackwell"),
        ("NVIDIA GeForce RTX 5090", "blackwell-rtx"),
        ("Orin", "jetson"),
        ("AMD Instinct MI300X", "instinct"),
        ("AMD Radeon RX 7900 XTX", "radeon"),
        ("Jane's card", "other"),
        ("", "other"),
    ],
)
def test_card_is_told_by_its_family(name: str, family: str) -> None:
    """A name that is not known is not told."""
    assert gpu_family(name) == family


def torch(**cuda: Any) -> SimpleNamespace:  # noqa: ANN401
    """Return something that looks like PyTorch."""
    return SimpleNamespace(cuda=SimpleNamespace(**cuda))


def _fails() -> bool:
    raise RuntimeError


@pytest.mark.parametrize(
    ("module", "told"),
    [
        (None, "none"),
        (SimpleNamespace(), "none"),
        (torch(is_initialized=lambda: False, get_device_name=_fails), "none"),
        (
            torch(
                is_initialized=lambda: True,
                current_device=lambda: 0,
                get_device_name=lambda _: "NVIDIA H200",
            ),
            "hopper",
        ),
        (torch(is_initialized=_fails), "other"),
    ],
)
def test_card_is_asked_only_once_it_is_in_use(
    module: object, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is imported or initialised for it."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "torch", module)
    assert system_fields()["gpu"] == told


def test_every_field_is_described() -> None:
    """What goes with every event stands in the description, in order."""
    assert list(system_fields()) == [field.name for field in FIELDS]


@pytest.mark.parametrize(
    ("met", "rank", "first"), [(True, 0, True), (True, 3, False), (False, 3, True)]
)
def test_processes_that_met_in_pytorch_have_ranks(
    met: bool,  # noqa: FBT001  # a parameter of a test
    rank: int,
    first: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also those that no launcher started."""
    module = SimpleNamespace(
        is_available=lambda: True, is_initialized=lambda: met, get_rank=lambda: rank
    )
    monkeypatch.setitem(sys.modules, "torch.distributed", module)
    assert is_first() is first


@pytest.mark.parametrize("value", ["", "0", "-1", " 0 "])
def test_the_first_rank_is_written_in_some_ways(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-1 is how libraries say that a run is not distributed."""
    monkeypatch.setenv("RANK", value)
    assert is_first()


def test_pytest_is_seen() -> None:
    """This is a test."""
    assert under_pytest()


def test_bucket_fills_with_time_and_not_beyond() -> None:
    """Two at once, then one a second; a clock that goes back gives nothing."""
    clock = [0.0]
    bucket = Bucket(2, 60, lambda: clock[0])
    taken = []
    for now in (0, 0, 0, 1, 1, 0.5, 1.5, 2, 100, 100, 100):
        clock[0] = now
        taken.append(bucket.take())
    assert taken == [True, True, False, True, False, False, False, True, True, True, False]


VALUES = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(VALUES, st.integers(1, 6))
def test_what_stands_for_rare_values_is_not_rare(values: list[str], k: int) -> None:
    """Each value stands k times, unless there are fewer; what is kept is kept in place."""
    told = rare(values, k)
    assert len(told) == len(values)
    assert all(new in (old, "other") for old, new in zip(values, told, strict=True))
    assert all(count >= min(k, len(values)) for count in Counter(told).values())


def test_other_is_not_told_apart_from_rare_values() -> None:
    """A value that is called as its stand-in counts with those it stands for."""
    assert rare(["other", "a", "a", "a", "b", "b"], 2) == ["other", *"aaa", "other", "other"]


def test_values_seen_often_enough_are_told_from_then_on() -> None:
    """One at a time, without looking back; not more different ones than there is room for."""
    seen = KAnonymous(2, other="-")
    assert [seen.value(text) for text in "aabab"] == list("-a-ab")
    assert repr(seen) == "KAnonymous(2)"


def test_a_stream_of_different_values_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is bounded."""
    monkeypatch.setattr("scrubber.telemetry.anonymity._MOST", 2)
    seen = KAnonymous(1)
    assert [seen.value(text) for text in "abca"] == ["a", "b", "other", "a"]


@pytest.mark.parametrize("make", [lambda: rare([], 0), lambda: KAnonymous(0)])
def test_k_is_at_least_one(make: Callable[[], object]) -> None:
    """There is no group of nobody."""
    with pytest.raises(ConfigError):
        make()


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (None, ""),
        ("8.3.1", "8.3.1"),
        ("8", "8"),
        ("8.3.1.4", ""),
        ("8.3.1rc1+g1a2b3c.d20260101.jane", "8.3.1"),
        ("v8", ""),
        ("jane-8.3", ""),
        ("20261123", ""),
        ("555-0100", ""),
        ("192.0.2.17", ""),
        ("8.3.dev4", "8.3"),
        ("8.3\n", ""),
        ("\u0663.1", ""),
    ],
)
def test_version_is_told_by_its_first_three_numbers(version: str | None, told: str) -> None:
    """What follows may name a branch or a person."""
    assert public_version(version) == told


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://stats.example.com/usage", "stats.example.com"),
        ("https://stats.example.com:8443/usage?x=1", "stats.example.com:8443"),
        ("http://localhost:8000/", "localhost:8000"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]:8000/", "[::1]:8000"),
    ],
)
def test_address_of_a_sink_has_a_host(url: str, host: str) -> None:
    """With a port where one is given."""
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "http://stats.example.com/",
        "http://127.0.0.1.example.com/",
        "http://localhost@stats.example.com/",
        "https://jane@stats.example.com/",
        "https://jane:pw@stats.example.com/",
        "https://stats.example.com/#x",
        "https://stats.example.com:x/",
        "https:///usage",
        "https://stats.example.com/a b",
        "https://stats.example.com/\r\nX: y",
        "https://st\u0430ts.example.com/",
        "ftp://stats.example.com/",
        "file:///etc/passwd",
        "data:,x",
        "stats.example.com",
        "",
        None,
    ],
)
def test_address_that_is_not_safe_is_refused(url: Any) -> None:  # noqa: ANN401
    """Before anything is sent, with an error that does not show it."""
    with pytest.raises(ConfigError) as caught:
        JsonEndpoint(url)
    assert not url or url not in str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: GoogleAnalytics4("UA-1", "secret"),
        lambda: GoogleAnalytics4("G-EXAMPLE00", ""),
        lambda: GoogleAnalytics4("G-EXAMPLE00", "a&b=c"),
        lambda: GoogleAnalytics4("G-EXAMPLE00", "s", url="https://stats.example.com/?x=1"),
        lambda: JsonEndpoint("https://stats.example.com/", headers={"X": "a\r\nY: b"}),
        lambda: JsonEndpoint("https://stats.example.com/", headers={"X Y": "a"}),
        lambda: JsonEndpoint("https://stats.example.com/", headers={"Host": "a"}),
        lambda: JsonEndpoint("https://stats.example.com/", headers={"User-Agent": "a"}),
    ],
)
def test_sink_that_cannot_be_used_is_refused(make: Callable[[], object]) -> None:
    """When it is made."""
    with pytest.raises(ConfigError):
        make()


def test_sinks_do_not_show_their_secrets() -> None:
    """A `repr` stands in many a log."""
    ga4 = GoogleAnalytics4("G-EXAMPLE00", "zimtovar")
    own = JsonEndpoint("https://stats.example.com/zimtovar", headers={"X-Token": "zimtovar"})
    for one in (ga4, own, ga4.request([], "a"), own.request([], "a")):
        assert "zimtovar" not in repr(one)
