"""The one module that calls Vectorscan."""

from __future__ import annotations

import os
import re
import threading

import pytest

from scrubber.detect import scanner
from scrubber.detect.scanner import LARGEST, Scanner, available, build

pytest.importorskip("hyperscan", reason="this is about hyperscan")

EXPRESSIONS = ["ab", "[a-z]0", "\\xc3\\xa9"]
DATA = "\nab\né\nx0ab\n".encode()


@pytest.fixture(scope="module")
def one() -> Scanner:
    """Three expressions."""
    return Scanner.compiled(EXPRESSIONS)


def expected(data: bytes) -> list[tuple[int, int]]:
    """Give what `re` finds: the end of each match and its expression."""
    return sorted(
        (match.end(), place)
        for place, text in enumerate(EXPRESSIONS)
        for match in re.finditer(text.encode(), data)
    )


def test_every_end_of_every_expression_is_told(one: Scanner) -> None:
    """In bytes, each with the place of its expression."""
    assert sorted(one.scan(DATA)) == expected(DATA)


def test_what_is_dumped_finds_the_same(one: Scanner) -> None:
    """Loaded on the same machine."""
    assert sorted(Scanner.loaded(one.dump()).scan(DATA)) == expected(DATA)


def test_a_buffer_that_is_too_long_is_refused(
    one: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library would say nothing."""
    monkeypatch.setattr(scanner, "LARGEST", 4)
    assert LARGEST == 64 << 20
    assert one.scan(b"\nab\n") == [(3, 0)]
    with pytest.raises(ValueError, match="64 MiB"):
        one.scan(b"\nab\n\n")


def test_a_scan_may_begin_while_one_runs(one: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a destructor does that runs in a callback: each takes a scratch of its own."""
    inner: list[list[tuple[int, int]]] = []

    def note(number: int, _start: int, end: int, _flags: int, hits: list[tuple[int, int]]) -> None:
        hits.append((end, number))
        if not inner:
            inner.append([])
            inner.append(one.scan(DATA))

    monkeypatch.setattr(scanner, "_note", note)
    assert sorted(one.scan(DATA)) == expected(DATA)
    assert [sorted(found) for found in inner] == [[], expected(DATA)]


def test_what_a_callback_raises_comes_out(one: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal in the middle of a scan does not look like a text without matches."""

    def note(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(scanner, "_note", note)
        with pytest.raises(BaseException):  # noqa: B017, PT011  # of the library, or the signal's
            one.scan(DATA)
    assert sorted(one.scan(DATA)) == expected(DATA)


def test_threads_scan_at_once(one: Scanner) -> None:
    """Eight of them find what one does."""
    found: list[list[tuple[int, int]]] = []
    threads = [
        threading.Thread(target=lambda: found.append(sorted(one.scan(DATA * 50)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected(DATA * 50)] * 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_of_a_fork_scans(one: Scanner) -> None:
    """With what its parent compiled."""
    child = os.fork()
    if not child:
        os._exit(0 if sorted(one.scan(DATA)) == expected(DATA) else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_it_is_told_whether_it_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with the library."""
    assert available()
    assert build() == build()
    monkeypatch.setitem(__import__("sys").modules, "hyperscan", None)
    assert not available()
