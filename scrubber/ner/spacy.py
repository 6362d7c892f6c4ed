"""
A spaCy pipeline as a tagger.

Promise: what it finds depends on the line alone. A pipeline that is not there, or finds nothing of
what is asked for, is an error when the tagger is made and no gap later; one that fails on a line is
an error without a word of it.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import ConfigError, ScrubberError
from scrubber.ner.edges import trimmed
from scrubber.ner.pieces import pieces
from scrubber.ner.pipelines import UNUSED, Pipeline, needs, pipeline_at, place_of
from scrubber.resolve import resolve
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

RULE_ID: Final = "ner.spacy"
BATCH: Final = 64
"""Pieces of lines after which another thread may have its turn."""

CONFIDENCE: Final = 0.85
"""That of every span: spaCy gives none. It is the one Presidio gives to spaCy's entities."""

LABELS: Final = {
    # English, and most other languages.
    "PERSON": "PERSON",
    "PER": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NRP",
    # Swedish, Norwegian, Polish, Korean.
    "PRS": "PERSON",
    "GPE_LOC": "LOCATION",
    "GPE_ORG": "ORGANIZATION",
    "persName": "PERSON",
    "placeName": "LOCATION",
    "geogName": "LOCATION",
    "orgName": "ORGANIZATION",
    "PS": "PERSON",
    "LC": "LOCATION",
    "OG": "ORGANIZATION",
}
"""Labels of published pipelines, and the entities they are. Any other label is its own entity."""


class SpacyTagger:
    """Finds entities with a spaCy pipeline. Safe to share between threads, which take turns."""

    def __init__(self, model: str | Language = "", entities: Sequence[str] = ("PERSON",)) -> None:
        """Find a pipeline; it is loaded when it is first used, once in a process.

        Args:
            model: the name of an installed package (`en_core_web_sm`), a folder, "" for the
                pipeline that comes with this package; or a `Language`, which is used as it is,
                remembers all words it sees, and must not be changed meanwhile.
            entities: which entities are asked for.

        Raises:
            ModuleNotFoundError: spaCy is not installed; the message has the command.
            ConfigError: there is no such pipeline, or none of the entities can be found by it.
        """
        needs("spacy", "scrubber.ner.spacy", "spacy")
        self.entities = tuple(entities)
        self._model = model
        if isinstance(model, str):
            place = place_of(model)
            if not any(self._entity(label) for label in place.labels()):
                raise ConfigError(
                    "the spaCy pipeline finds none of the entities asked for; "
                    "its meta.json says which labels it has"
                )
            self._pipeline = pipeline_at(place)
            # Another process may stand in another folder, and have the package in another one.
            self._model = model and (place.name or str(place.folder))
        else:
            self._pipeline = Pipeline(None, own=model)

    def __repr__(self) -> str:
        """Say which entities are asked for."""
        return f"SpacyTagger(entities={self.entities!r})"

    def __getstate__(self) -> dict[str, Any]:
        """Carry the name, by which the other process finds its own; a `Language` as a whole."""
        model: Any = self._model
        if not isinstance(model, str):
            given, model = model, None
            with suppress(Exception):  # whatever its components raise
                model = pickle.dumps(given)
            if model is None:
                raise pickle.PicklingError(
                    "this SpacyTagger has a Language that cannot be pickled; "
                    "save it with `to_disk`, and give the folder instead"
                )
        return {"model": model, "entities": self.entities}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Find the pipeline in this process."""
        model = state["model"]
        model = pickle.loads(model) if isinstance(model, bytes) else model  # noqa: S301  # ours
        self.__init__(model, state["entities"])  # type: ignore[misc]

    def tag(self, line: str) -> list[Span]:
        """Find entities in a line.

        Args:
            line: without a newline.

        Returns:
            Disjoint spans in order, all of confidence `CONFIDENCE`.

        Raises:
            ScrubberError: the pipeline cannot be loaded, or failed.
        """
        return self.tag_many([line])[0]

    def tag_many(self, lines: Sequence[str]) -> list[list[Span]]:
        """Find entities in lines, faster than one by one.

        Args:
            lines: unrelated lines.

        Returns:
            The spans of each.

        Raises:
            ScrubberError: as for `tag`.
        """
        cut = [(at, start, text) for at, line in enumerate(lines) for start, text in pieces(line)]
        found: list[list[Span]] = [[] for _ in lines]
        for first in range(0, len(cut), BATCH):
            batch = cut[first : first + BATCH]
            done = False
            # What it says may be a word of a line.
            with self._pipeline.held() as nlp, suppress(Exception):
                documents = _documents(nlp, [text for _, _, text in batch])
                for (at, start, text), document in zip(batch, documents, strict=True):
                    found[at] += [span.moved(start) for span in self._spans(text, document)]
                done = True
            if not done:
                raise ScrubberError("the spaCy pipeline failed")
        return [resolve(spans) for spans in found]

    def _spans(self, text: str, document: Any) -> Iterator[Span]:  # noqa: ANN401  # a Doc
        for one in document.ents:
            entity = self._entity(one.label_)
            if entity and (found := trimmed(text, one.start_char, one.end_char)):
                yield Span(*found, entity, RULE_ID, CONFIDENCE)

    def _entity(self, label: str) -> str:
        """Give the entity of a label, or "" when it was not asked for."""
        entity = LABELS.get(label, label)
        return entity if entity in self.entities else ""


def _documents(nlp: Language, texts: Sequence[str]) -> Iterator[Any]:
    if len(texts) == 1:  # less to set up
        return iter([nlp(texts[0], disable=UNUSED)])
    return iter(nlp.pipe(texts, disable=UNUSED))
