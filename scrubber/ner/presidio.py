"""
A Presidio engine as a tagger.

Presidio gives up a pattern that takes too long, says so in its log, and answers with what the
others found. Nothing in the answer tells; but it took as long as the pattern was given, so an
answer that took that long is a failure here.

Promise: what it finds depends on the line alone. What fails is an error without text in it.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import ConfigError, ScrubberError
from scrubber.ner.edges import trimmed
from scrubber.ner.pieces import pieces
from scrubber.ner.pipelines import needs
from scrubber.ner.presidio_engine import NAMES, GivenEngine, OwnEngine
from scrubber.ner.presidio_names import entity_here, rule_of
from scrubber.resolve import resolve
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from presidio_analyzer import AnalyzerEngine

THRESHOLD: Final = 0.4
"""The least score that counts: the one Presidio gives a weak match with a word of context near."""


class AnalyzerTagger:
    """Finds entities with a Presidio engine. Safe to share between threads."""

    def __init__(
        self,
        analyzer: AnalyzerEngine | None = None,
        *,
        language: str = "en",
        entities: Sequence[str] | None = None,
        threshold: float = THRESHOLD,
    ) -> None:
        """Take an engine, or find what one can be made of when it is first used.

        Args:
            analyzer: an engine, used as it is; None for one with Presidio's own recognisers and
                the first spaCy pipeline found: `en_core_web_sm`, the larger ones, the packaged one.
            language: the language of what is looked at.
            entities: which are asked for, by their names here or Presidio's; None for all that the
                engine knows.
            threshold: the least score that counts, besides the thresholds of the engine.

        Raises:
            ModuleNotFoundError: Presidio is not installed; the message has the command.
            ConfigError: no spaCy pipeline is found, no entity is asked for, or one that the engine
                does not know.
        """
        needs("presidio_analyzer", "scrubber.ner.presidio", "presidio")
        self._language = language
        self._asked = None if entities is None else tuple(entities)
        if self._asked == ():  # to Presidio, none are all
            raise ConfigError("an AnalyzerTagger that looks for no entity finds nothing")
        self._threshold = threshold
        self._names: Mapping[str, str] = {}
        self._engine: GivenEngine | OwnEngine
        if analyzer is None:
            self._engine = OwnEngine(language, names_only=NAMES.issuperset(entities or ("",)))
        else:
            self._engine = GivenEngine(analyzer)
            self._names = _names(analyzer, language, self._asked)

    def __repr__(self) -> str:
        """Say which language and entities."""
        return f"AnalyzerTagger(language={self._language!r}, entities={self._asked!r})"

    def __getstate__(self) -> dict[str, Any]:
        """Carry how it was made, and the engine if one was given."""
        analyzer: bytes | None = None
        if isinstance(self._engine, GivenEngine):
            with suppress(Exception):  # whatever its recognisers raise
                analyzer = pickle.dumps(self._engine.analyzer)
            if analyzer is None:
                raise pickle.PicklingError(
                    "this AnalyzerTagger has an AnalyzerEngine that cannot be pickled"
                )
        return {
            "analyzer": analyzer,
            "language": self._language,
            "entities": self._asked,
            "threshold": self._threshold,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the engine, or find what one can be made of in this process."""
        given = state["analyzer"]
        analyzer = None if given is None else pickle.loads(given)  # noqa: S301  # made above
        AnalyzerTagger.__init__(self, **{**state, "analyzer": analyzer})

    @property
    def entities(self) -> tuple[str, ...]:
        """What it may find, by the names here; makes the engine."""
        with self._engine.held() as analyzer:
            return tuple(sorted(set(self._known(analyzer).values())))

    def tag(self, line: str) -> list[Span]:
        """Find entities in a line.

        Args:
            line: without a newline.

        Returns:
            Disjoint spans in order; the confidence is the score.

        Raises:
            ConfigError: an entity that was asked for is not known by the engine made here.
            ScrubberError: the engine cannot be made, failed, or gave up a pattern.
        """
        found: list[Span] = []
        for start, text in pieces(line):
            done = False
            with self._engine.held() as analyzer:
                names = self._known(analyzer)
                with suppress(Exception):  # what it says may be a word of the line
                    found += [span.moved(start) for span in self._spans(analyzer, names, text)]
                    done = True
            if not done:
                raise ScrubberError("the Presidio engine failed")
        return resolve(found)

    def _known(self, analyzer: AnalyzerEngine) -> Mapping[str, str]:
        if not self._names:
            self._names = _names(analyzer, self._language, self._asked)
        return self._names

    def _spans(
        self, analyzer: AnalyzerEngine, names: Mapping[str, str], text: str
    ) -> Iterator[Span]:
        began = monotonic()
        results: Any = analyzer.analyze(text, self._language, entities=list(names))
        if monotonic() - began >= _given_up_after():
            raise ScrubberError("a pattern may have been given up")
        for one in results:
            entity = names.get(one.entity_type)
            if entity is None or one.score < self._threshold:
                continue
            place: tuple[int, int] | None = (max(one.start, 0), min(one.end, len(text)))
            if entity in NAMES:
                place = trimmed(text, one.start, one.end)
            if place and place[0] < place[1]:
                confidence = min(max(round(float(one.score), 6), 0.0), 1.0)
                yield Span(*place, entity, _rule(one), confidence)


def _names(analyzer: AnalyzerEngine, language: str, asked: Sequence[str] | None) -> dict[str, str]:
    """Give the entities to ask the engine for, each with its name here."""
    try:
        known: list[str] = sorted(analyzer.get_supported_entities(language))
    except ValueError:
        known = []
    if not known:
        raise ConfigError(f"the Presidio engine has no recognisers for the language {language!r}")
    if asked is None:
        return {name: entity_here(name) for name in known}
    found: dict[str, str] = {}
    for wanted in asked:
        names = [name for name in known if wanted in (name, _here(name))]
        if not names:
            raise ConfigError(f"the Presidio engine knows no entity {wanted!r}")
        found |= {name: entity_here(name) for name in names}
    return found


def _here(name: str) -> str:
    try:
        return entity_here(name)
    except ConfigError:
        return ""  # nobody asked for it


def _rule(result: Any) -> str:  # noqa: ANN401  # a RecognizerResult
    told = result.recognition_metadata or {}
    return rule_of(str(told.get("recognizer_name", "")))


def _given_up_after() -> float:
    """Seconds after which Presidio gives up a pattern."""
    from presidio_analyzer import pattern_recognizer

    return float(getattr(pattern_recognizer, "REGEX_TIMEOUT_SECONDS", 60))
