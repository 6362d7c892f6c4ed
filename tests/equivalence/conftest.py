"""Scrubbers on both engines, behind one database of all packaged rules: making it takes seconds."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber import Scrubber
from scrubber.detect import databases
from scrubber.engines import Compiled
from scrubber.wiring import load_ruleset
from tests.equivalence.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one process of a run make what the others load."""
    try:
        import fcntl
    except ImportError:  # Windows: both make it
        yield
        return
    with Path(os.environ[databases.FOLDER_VARIABLE], "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """The database of all packaged rules."""
    pytest.importorskip("hyperscan", reason="the vector engine needs hyperscan")
    rules = load_ruleset().rules
    with _one_at_a_time():
        made = databases.kept(rules)
        if made is None:
            made = databases.compiled(rules)
            databases.keep(rules, made)
    return Compiled(rules, made)


@pytest.fixture(scope="session")
def pair(compiled: Compiled) -> Callable[..., Pair]:
    """Builds the same scrubber on both engines, of packaged rules."""

    def build(*args: object, **chosen: object) -> Pair:
        reference, vector = (
            Scrubber(*args, **{**chosen, "engine": engine})  # type: ignore[arg-type]
            for engine in ("reference", "vector")
        )
        if not chosen.get("rules"):
            vector._wirings._engine._made = compiled  # noqa: SLF001
        return Pair(reference, vector)

    return build
