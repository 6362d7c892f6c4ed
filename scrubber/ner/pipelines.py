"""
spaCy pipelines, loaded once in a process and used by one thread at a time.

spaCy remembers every word it has seen, for ever, unless it works in a memory zone: what was made in
one is gone at its end. A zone is one for all threads, so a thread waits for the other; and it would
take the documents of whoever uses the same pipeline elsewhere, so a `Language` that was handed in
has none. Its words pile up as they do for its owner. Give a name and not a `Language` in programs
that run for long.

Promise: nothing is loaded before it is used, and nothing is ever downloaded. What fails is an error
without text in it.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from scrubber.errors import ConfigError, ScrubberError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

PACKAGED: Final = Path(__file__).with_name("data") / "spacy"
"""The folder of the pipeline that comes with the package."""

PATIENCE: Final = 30.0
"""Seconds a thread waits for another one. Not for ever: the other may wait for it, or be gone."""

UNUSED: Final = (
    "attribute_ruler",
    "entity_linker",
    "lemmatizer",
    "morphologizer",
    "parser",
    "sentencizer",
    "senter",
    "spancat",
    "spancat_singlelabel",
    "tagger",
    "textcat",
    "textcat_multilabel",
    "trainable_lemmatizer",
)
"""Components that find no entity, by the names they have everywhere; they take most of the time."""

ENTITIES: Final = "entities"
ALL: Final = "all"

_pipelines: dict[tuple[Place, str], Pipeline] = {}


def needs(package: str, asking: str, extra: str) -> None:
    """Make sure that a package is there, without importing it.

    Args:
        package: its import name.
        asking: who needs it.
        extra: our extra that brings it.

    Raises:
        ModuleNotFoundError: it is not installed; the message has the command.
    """
    try:
        there = find_spec(package) is not None
    except ValueError:  # a module that was put in place by hand has no spec
        there = True
    if not there:
        command = f"pip install 'crashscrub[{extra}]'"
        raise ModuleNotFoundError(f"{asking} needs {package}: {command}", name=package)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pipeline lies.

    Attributes:
        name: the package's name, or "" for a folder.
        folder: the folder with its `meta.json`.
    """

    name: str
    folder: Path

    def labels(self) -> frozenset[str]:
        """Give the labels that the pipeline may find, without loading it.

        Raises:
            ConfigError: it does not say.
        """
        try:
            labels = json.loads((self.folder / "meta.json").read_bytes())["labels"]
            return frozenset(one for name in labels.keys() - UNUSED for one in labels[name])
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            reason = type(error).__name__
        raise ConfigError(f"the meta.json of a spaCy pipeline cannot be read ({reason})")

    def load(self, exclude: Iterable[str]) -> Language:
        """Load the pipeline, without some components."""
        if self.name:
            package: Any = import_module(self.name)
            return cast("Language", package.load(exclude=list(exclude)))
        import spacy

        return spacy.load(self.folder, exclude=list(exclude))


def place_of(model: str) -> Place:
    """Find a pipeline.

    Args:
        model: an installed package, a folder, or "" for the packaged one.

    Returns:
        Where it lies.

    Raises:
        ConfigError: there is none.
    """
    # The package first: a folder that happens to be called like it is not meant.
    if model.isidentifier() and (spec := find_spec(model)):
        for folder in map(Path, spec.submodule_search_locations or ()):
            if (folder / "meta.json").is_file():
                return Place(model, folder)
    folder = Path(model).absolute() if model else PACKAGED
    if (folder / "meta.json").is_file():
        return Place("", folder)
    if not model:
        raise ConfigError("this installation has no spaCy pipeline of its own; name one to use")
    raise ConfigError(
        f"there is no spaCy pipeline {model!r}: neither an installed package nor a folder with "
        "a meta.json; `python -m spacy download` gets those of spaCy"
    )


def pipeline_at(place: Place, *, parts: str = ENTITIES) -> Pipeline:
    """Give the pipeline of a place: one in a process, not loaded yet.

    Args:
        place: where it lies.
        parts: `ENTITIES` for what finds entities, `ALL` for all components.
    """
    return _pipelines.setdefault((place, parts), Pipeline(place, parts))


class Pipeline:
    """A pipeline that is loaded when it is first held, and held by one thread at a time."""

    def __init__(
        self, place: Place | None, parts: str = ENTITIES, own: Language | None = None
    ) -> None:
        """Take where it lies, or one that is loaded."""
        self._place = place
        self._parts = parts
        self._nlp = own
        self._lock = threading.RLock()
        self._pid = os.getpid()
        self._inside = False

    def loaded(self) -> Language:
        """Give it, loaded.

        Raises:
            ScrubberError: it cannot be loaded, or another thread holds it for too long.
        """
        with self._locked():
            return self._load()

    @contextmanager
    def held(self) -> Iterator[Language]:
        """Hold it: documents it makes are gone afterwards.

        Raises:
            ScrubberError: as for `loaded`.
        """
        with self._locked():
            nlp = self._load()
            # A destructor that runs in the midst of it, and logs: zones must not be nested.
            if self._inside or self._place is None:
                yield nlp
                return
            self._inside = True
            try:
                with nlp.memory_zone():
                    yield nlp
            finally:
                self._inside = False

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._pid != os.getpid():
            # The thread that held it when this process was forked is not here.
            self._lock = threading.RLock()
            self._pid = os.getpid()
            if self._inside and self._place is not None:
                self._nlp = None
                self._inside = False
        lock = self._lock
        if not lock.acquire(timeout=PATIENCE):
            raise ScrubberError("the spaCy pipeline is held by another thread for too long")
        try:
            yield
        finally:
            lock.release()

    def _load(self) -> Language:
        if self._nlp is None and self._place is not None:
            try:
                nlp = self._place.load(UNUSED if self._parts == ENTITIES else ())
                if self._parts == ENTITIES:
                    _drop_idle(nlp)
                self._nlp = nlp
            except Exception as error:  # noqa: BLE001  # whatever a package of others does
                reason = type(error).__name__
        if self._nlp is None:
            raise ScrubberError(f"the spaCy pipeline cannot be loaded ({reason})")
        return self._nlp


def _drop_idle(nlp: Language) -> None:
    """Take out vectors of tokens that only those listened to who are not here."""
    for name in list(nlp.pipe_names):
        if nlp.get_pipe_meta(name).factory == "tok2vec":
            part: Any = nlp.get_pipe(name)
            if not part.listening_components:
                nlp.remove_pipe(name)
