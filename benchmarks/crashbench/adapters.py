"""
Each system as two functions: a text in, a text out; an event in, an event out.

Promise: a package is imported only when its adapter is opened, so this loads in the environment of
any of them, and needs nothing but the standard library. Each is used as its documents say, with its
defaults, prepared ahead. One that knows only text is given every string of an event, one by one;
one that knows only events is given a text as the message of an event. What that means is told in
systems.py, beside the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from .strings import mapped

if TYPE_CHECKING:
    from collections.abc import Callable

Event = dict[str, Any]

SENTRY_DEFAULTS: Final = {
    "scrubData": True,
    "scrubDefaults": True,
    "scrubIpAddresses": True,
    "sensitiveFields": [],
    "excludeFields": [],
}
"""The settings of a new project at Sentry."""

RELAY_FULL: Final = {
    "applications": {
        "** || $error.value || $frame.abs_path || $frame.filename || $frame.vars.** "
        "|| $logentry.** || $user.** || $http.** || $breadcrumb.** || $message": [
            "@common",
            "@userpath",
            "@mac",
            "@bearer",
        ],
    }
}
"""Relay's rules wherever it lets them reach, but for those that strike at any long number."""

MODELS: Final = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm")
"""What Presidio is used with, the first one that is there; else any English pipeline."""


class MissingError(Exception):
    """Something that is needed besides the package is not there; says what."""


@dataclass(frozen=True)
class Adapter:
    """A system that is ready.

    Attributes:
        version: of its package, and of what decides its answers besides.
        text: scrubs a text.
        event: scrubs an event, which it may write into.
    """

    version: str
    text: Callable[[str], Any]
    event: Callable[[Event], Any]


def ours(policy: str, ner: str | None = None) -> Adapter:
    """Open this library, which is told no names of a machine."""
    scrubber = import_module("scrubber")
    made = scrubber.Scrubber(policy, ner=ner, identity=scrubber.Identity.none())
    made.warm()
    try:
        number = version("crashscrub")
    except PackageNotFoundError:
        number = "not installed"
    return Adapter(number, made.scrub_text, made.scrub)


def relay(config: dict[str, Any] | None) -> Adapter:
    """Open Relay, with what Sentry's settings are turned into or with rules of its own."""
    processing = import_module("sentry_relay.processing")
    chosen = config or processing.convert_datascrubbing_config(SENTRY_DEFAULTS)

    def event(given: Event) -> Any:  # noqa: ANN401
        # What an SDK calls `message` comes back as what it is to a server.
        moved = "message" in given and "logentry" not in given
        done = processing.pii_strip_event(chosen, given)
        if moved and done.get("logentry"):
            done["message"] = done.pop("logentry").get("formatted")
        return done

    return Adapter(version("sentry-relay"), lambda text: event({"message": text})["message"], event)


def presidio() -> Adapter:
    """Open Presidio's analyzer with every recogniser that is on by default, and its anonymizer."""
    analyzer = import_module("presidio_analyzer")
    nlp = import_module("presidio_analyzer.nlp_engine")
    tlds = import_module("tldextract")
    # It would fetch the list of public suffixes; a copy is packaged.
    packaged: Any = import_module("tldextract.tldextract")
    packaged.TLD_EXTRACTOR = tlds.TLDExtract(suffix_list_urls=())
    model = _pipeline()
    settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    provider = nlp.NlpEngineProvider(nlp_configuration=settings)
    engine = analyzer.AnalyzerEngine(nlp_engine=provider.create_engine())
    replaced, told = _anonymizer()

    def text(message: str) -> str:
        return replaced(message, engine.analyze(message, language="en"))

    return Adapter(f"{version('presidio-analyzer')}, {model}, {told}", text, _walking(text))


def _pipeline() -> str:
    """Name the pipeline of spaCy to use."""
    there = import_module("spacy.util").get_installed_models()
    english = [name for name in MODELS if name in there]
    english += sorted(name for name in there if name.startswith("en_"))
    if not english:
        raise MissingError("it needs a pipeline of spaCy: python -m spacy download en_core_web_lg")
    return str(english[0])


def _anonymizer() -> tuple[Callable[[str, Any], str], str]:
    """Give what replaces Presidio's findings: its own engine, or the same where that is missing."""
    try:
        engine = import_module("presidio_anonymizer").AnonymizerEngine()
    except ModuleNotFoundError:
        return _replaced, "findings replaced by <ENTITY>"
    return lambda text, found: engine.anonymize(text, found).text, "anonymizer"


def _replaced(text: str, found: Any) -> str:  # noqa: ANN401  # results of an analyzer
    """Replace findings; those that overlap by one placeholder, of the longest."""
    groups: list[list[Any]] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if groups and one.start < max(each.end for each in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in reversed(groups):
        name = max(group, key=lambda one: one.end - one.start).entity_type
        end = max(one.end for one in group)
        text = f"{text[: group[0].start]}<{name}>{text[end:]}"
    return text


def scrubadub() -> Adapter:
    """Open its default scrubber."""
    clean = import_module("scrubadub").Scrubber().clean
    return Adapter(version("scrubadub"), clean, _walking(clean))


def datafog_core() -> Adapter:
    """Open DataFog's engine in Rust."""
    transform = import_module("datafog_core").scan_and_transform
    options = {"transform": {"default": {"strategy": "redact"}}}

    def text(message: str) -> Any:  # noqa: ANN401
        return transform(message, options).text

    return Adapter(version("datafog-core"), text, _walking(text))


def sentry_scrubber() -> Adapter:
    """Open it with its defaults."""
    scrub = import_module("sentry_scrubber.scrubber").SentryScrubber().scrub_event
    return Adapter(
        version("sentry-scrubber"), lambda text: scrub({"message": text})["message"], scrub
    )


def event_scrubber() -> Adapter:
    """Open the scrubber of Sentry's SDK, as its client makes it."""
    scrub = import_module("sentry_sdk.scrubber").EventScrubber().scrub_event

    def event(given: Event) -> Event:
        scrub(given)
        return given

    return Adapter(version("sentry-sdk"), lambda text: event({"message": text})["message"], event)


def nothing() -> Adapter:
    """Leave everything as it is: what the worst of all leaks."""
    return Adapter("", lambda text: text, lambda event: event)


def everything() -> Adapter:
    """Replace every string: what the worst of all damages."""
    return Adapter("", lambda _: "[gone]", _walking(lambda _: "[gone]"))


def _walking(text: Callable[[str], Any]) -> Callable[[Event], Any]:
    return lambda event: mapped(event, text)


ADAPTERS: Final[dict[str, Callable[[], Adapter]]] = {
    "balanced": lambda: ours("balanced"),
    "ner": lambda: ours("balanced", "on"),
    "strict": lambda: ours("strict"),
    "fast": lambda: ours("fast"),
    "relay": lambda: relay(None),
    "relay-full": lambda: relay(RELAY_FULL),
    "presidio": presidio,
    "scrubadub": scrubadub,
    "datafog-core": datafog_core,
    "sentry-scrubber": sentry_scrubber,
    "event-scrubber": event_scrubber,
    "nothing": nothing,
    "everything": everything,
}
"""By the names of systems.py."""
