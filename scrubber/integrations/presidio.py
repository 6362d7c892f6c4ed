"""
Rules and taggers as recognisers of Presidio.

    registry = RecognizerRegistry(recognizers=recognizers())
    analyzer = AnalyzerEngine(registry=registry)

One recogniser for all rules and not one for each family: a text is scanned once, and which rule
wins where two overlap is decided among all. Presidio picks recognisers by their entities, and asks
each for those that it wants; the others are left out of the answer then.

Promise: what `Scrubber.scan` finds in a text is found, with the same places, entities and
confidences. A scan that fails is an error, never an answer without findings.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final

try:
    from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scrubber.integrations.presidio needs presidio_analyzer: pip install 'crashscrub[presidio]'"
    ) from None

from scrubber.default import scrubber_for
from scrubber.errors import ScrubberError
from scrubber.redact.placeholders import FAILED_ENTITY, WORDS
from scrubber.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from presidio_analyzer import EntityRecognizer

    from scrubber.ner.tagging import Tagger
    from scrubber.pipeline import Scrubber
    from scrubber.ruleset.model import Policy
    from scrubber.types import Finding, Span

RULE_KEY: Final = "rule_id"
"""Where a result's `recognition_metadata` says which rule found it."""


def recognizers(
    policy: str | Policy | None = None,
    *,
    scrubber: Scrubber | None = None,
    taggers: Sequence[Tagger] | None = None,
    language: str = "en",
) -> list[EntityRecognizer]:
    """Make recognisers of the rules and of taggers.

    Args:
        policy: the id of a policy, or a policy; None for `balanced`.
        scrubber: what scans, instead of one with that policy.
        taggers: what finds names; None for the embedded tagger, empty for none.
        language: the language they are registered for. Rules do not depend on it.

    Returns:
        A `CrashscrubRecognizer`, and unless there are no taggers a `CrashscrubNameRecognizer`.

    Raises:
        ScrubberError: there is no such policy, or rules or the tagger cannot be loaded.
    """
    made: list[EntityRecognizer] = [
        CrashscrubRecognizer(policy, scrubber=scrubber, supported_language=language)
    ]
    if taggers is None or taggers:
        made.append(CrashscrubNameRecognizer(taggers, supported_language=language))
    return made


class CrashscrubRecognizer(LocalRecognizer):  # type: ignore[misc]  # its types are not read
    """All rules of a policy, as one recogniser.

    Attributes:
        POLICY: what stands for a policy of None; for subclasses, which a YAML file can name.
    """

    POLICY: ClassVar[str | None] = None

    def __init__(  # noqa: PLR0913  # most are Presidio's
        self,
        policy: str | Policy | None = None,
        *,
        scrubber: Scrubber | None = None,
        supported_entities: Sequence[str] | None = None,
        supported_language: str = "en",
        context: Sequence[str] | None = None,
        name: str | None = None,
    ) -> None:
        """Take a policy.

        Args:
            policy: as for `recognizers`.
            scrubber: what scans, instead of one with that policy.
            supported_entities: entities it answers for; None for all of the policy.
            supported_language: the language it is registered for.
            context: words near a finding for which Presidio raises its score; None for none.
            name: its name; None for that of the class.

        Raises:
            ScrubberError: there is no such policy, or the rules cannot be loaded.
        """
        self.scrubber = scrubber or scrubber_for(policy or self.POLICY)
        known = entities_of(self.scrubber)
        super().__init__(
            supported_entities=list(known if supported_entities is None else supported_entities),
            supported_language=supported_language,
            context=None if context is None else list(context),
            name=name,
        )
        # What no list foresaw is in the answer, unless it was left out.
        self._left_out = known - set(self.supported_entities)

    def load(self) -> None:
        """Do nothing: rules are loaded with the scrubber."""

    def analyze(
        self,
        text: str,
        entities: Collection[str],
        nlp_artifacts: Any = None,  # noqa: ANN401, ARG002  # Presidio's
    ) -> list[RecognizerResult]:
        """Find what the rules find.

        Args:
            text: any string.
            entities: which are asked for; empty for all it answers for.
            nlp_artifacts: not used.

        Returns:
            A result for each finding, in order.

        Raises:
            ScrubberError: the scan failed.
        """
        wanted = set(entities or self.supported_entities)
        known = self._left_out.union(self.supported_entities)
        return [
            _result(self, found)
            for found in self.scrubber.scan(text)
            if found.entity in wanted or found.entity not in known
        ]


class CrashscrubNameRecognizer(LocalRecognizer):  # type: ignore[misc]  # as above
    """Taggers, as one recogniser."""

    def __init__(
        self,
        taggers: Sequence[Tagger] | None = None,
        *,
        supported_entities: Sequence[str] | None = None,
        supported_language: str = "en",
        context: Sequence[str] | None = None,
        name: str | None = None,
    ) -> None:
        """Take taggers.

        Args:
            taggers: what finds names; None for the embedded tagger.
            supported_entities: entities it answers for; None for those that the taggers say they
                find (`entities`), and PERSON where one does not say.
            supported_language: the language it is registered for.
            context: words near a finding for which Presidio raises its score; None for none.
            name: its name; None for that of the class.

        Raises:
            ScrubberError: the embedded tagger cannot be loaded.
        """
        self.taggers = tuple(_embedded() if taggers is None else taggers)
        known = {entity for one in self.taggers for entity in getattr(one, "entities", ("PERSON",))}
        super().__init__(
            supported_entities=sorted(known)
            if supported_entities is None
            else [*supported_entities],
            supported_language=supported_language,
            context=None if context is None else list(context),
            name=name,
        )

    def load(self) -> None:
        """Do nothing: taggers load what they need."""

    def analyze(
        self,
        text: str,
        entities: Collection[str],
        nlp_artifacts: Any = None,  # noqa: ANN401, ARG002  # Presidio's
    ) -> list[RecognizerResult]:
        """Find what the taggers find, line by line.

        Args:
            text: any string.
            entities: which are asked for; empty for all it answers for.
            nlp_artifacts: not used.

        Returns:
            A result for each span, in order; they do not overlap.

        Raises:
            ScrubberError: a tagger failed.
        """
        wanted = set(entities or self.supported_entities)
        return [_result(self, one) for one in resolve(self._spans(text)) if one.entity in wanted]

    def _spans(self, text: str) -> Iterator[Span]:
        start = 0
        for line in text.splitlines(keepends=True):
            bare = line.rstrip("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
            for span in self._tagged(bare):
                yield span.moved(start)
            start += len(line)

    def _tagged(self, line: str) -> list[Span]:
        found: list[Span] | None = None
        with suppress(Exception):  # what it says may be a word of the line
            found = [span for tagger in self.taggers for span in tagger.tag(line)]
        if found is None:
            raise ScrubberError("a tagger failed")
        return found


def entities_of(scrubber: Scrubber) -> set[str]:
    """Give all entities a scrubber may find.

    Args:
        scrubber: the scrubber.

    Returns:
        Those of its policy's rules, those of its taggers, and those of the names of the machine and
        the parts of paths, which are no rules of a file.
    """
    policy = scrubber.policy
    known = {rule.entity for rule in scrubber.ruleset.rules_for(policy)}
    known |= policy.tagged
    known |= {entity for entity in WORDS if not policy.entities or entity in policy.entities}
    return known - {FAILED_ENTITY, *policy.exclude}


def _embedded() -> Iterable[Tagger]:
    from scrubber.ner.tagger import embedded

    return (embedded(),)


def _result(recognizer: Any, found: Finding | Span) -> RecognizerResult:  # noqa: ANN401  # Presidio's
    return RecognizerResult(
        entity_type=found.entity,
        start=found.start,
        end=found.end,
        score=found.confidence,
        analysis_explanation=AnalysisExplanation(
            recognizer=recognizer.name,
            original_score=found.confidence,
            pattern_name=found.rule_id,
            textual_explanation=f"found by the rule {found.rule_id}",
        ),
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: recognizer.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
            RULE_KEY: found.rule_id,
        },
    )
