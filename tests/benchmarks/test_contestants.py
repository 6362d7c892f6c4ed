"""Who is timed, and that a fast one which is wrong is caught."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import pytest

from benchmarks import raw_scans, run, training_loop
from benchmarks.peers import adapters
from benchmarks.peers.environments import peers
from benchmarks.peers.remote import PeerError, Remote
from scrubber import Identity, Scrubber

TINY = run.Benchmark("tiny", "mixed", "many", seed=2, lines=20, findings=2)


class Hasty:
    """An engine that finds nothing, at once."""

    def scrub_many(self, texts: list[str]) -> list[str]:
        """Return the texts."""
        return texts

    def scan(self, _: str) -> list[object]:
        """Find nothing."""
        return []


@pytest.fixture(scope="module")
def reference() -> Scrubber:
    """Return the engine that says what is right."""
    return Scrubber(engine="reference", identity=Identity.none())


def test_a_fast_wrong_engine_is_caught(reference: Scrubber) -> None:
    """By the count of findings and by the text it gives."""
    engines = {"reference": reference, "hasty": cast("Scrubber", Hasty())}
    figures, wrong = run.one_benchmark(TINY, engines, rounds=1)
    assert wrong == ["hasty"]
    assert {figure.what: figure.wrong for figure in figures if figure.expected is not None} == {
        "reference, many": False,
        "hasty, many": True,
    }


def test_the_scans_of_an_engine_are_made_again_without_it() -> None:
    """The same databases with the same bytes, and nothing where no scan is made."""
    hyperscan = pytest.importorskip("hyperscan", reason="no wheel here; engines scan without it")
    databases = []
    for words in ([b"one"], [b"two", b"three"]):
        made = hyperscan.Database()
        made.compile(expressions=words, ids=list(range(len(words))), elements=len(words))
        databases.append(made)

    def scrub(line: str) -> None:
        for one in databases[: len(line)]:
            one.scan(line.encode(), match_event_handler=lambda *_: None)

    scanned = raw_scans.databases(lambda: scrub("ab"))
    assert [id(one) for one in scanned] == [id(one) for one in databases]
    assert sys.getprofile() is None
    floor = raw_scans.floor(scrub, ["a", "ab"])
    assert floor is not None
    assert len(raw_scans.databases(floor)) == 3
    assert raw_scans.floor(len, ["a"]) is None


def test_every_peer_has_an_adapter_and_says_what_is_unfair() -> None:
    """And an environment of its own where it needs a package."""
    for peer in peers():
        assert callable(getattr(adapters, peer.adapter))
        assert peer.unfair
        assert bool(peer.environment) is bool(peer.requires)
        assert peer.python(None) == (None if peer.environment else Path(sys.executable))


def test_a_peer_works_in_a_process_of_its_own() -> None:
    """It counts, times itself, has no call for many texts, and says when it cannot."""
    with Remote.start(Path(sys.executable), "stdlib_re") as remote:
        assert remote.version()
        assert remote.take(["mail a@example.com", "clean", "é 192.0.2.1"]) == 2
        assert remote.seconds("many") is None
        assert (remote.seconds("each") or 0) > 0
        assert (remote.seconds("block") or 0) > 0
    with Remote.start(Path(sys.executable), "nobody") as absent, pytest.raises(PeerError):
        absent.version()


def test_a_training_loop_is_measured_without_pytorch(
    reference: Scrubber, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another step stands for the net; the log has every line, and the planted one is scrubbed."""
    pytest.importorskip("scrubber.integrations.logging")
    monkeypatch.setattr(training_loop, "offered", lambda: ({"reference": reference}, {}))
    arguments = ["--steps", "30", "--rounds", "1"]
    assert training_loop.main(arguments, build=lambda _: lambda: 0.5) == 0
    assert "inside the filter" in capsys.readouterr().out


def test_a_training_loop_without_a_filter_is_red() -> None:
    """What is planted stands in the log."""
    loop = training_loop.train(lambda: 0.5, 30, None)
    assert training_loop.wrong_lines(loop) == 1
    assert len(loop.lines) == 31
