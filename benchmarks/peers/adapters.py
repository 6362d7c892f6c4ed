"""
Each scrubber as the same few functions: one text, many texts, and a count.

Promise: a package is imported only when its adapter is opened, so this loads in the environment of
any of them. Each is used as its documents say and as its makers would time it: prepared ahead, with
its own defaults but where peers.toml says otherwise.
"""

from __future__ import annotations

import json
import platform
import re
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Adapter:
    """A scrubber that is ready.

    Attributes:
        version: of the package.
        one: scrubs one text.
        count: how many findings a text has.
        many: scrubs many texts in one call, or None where there is no such call.
    """

    version: str
    one: Callable[[str], object]
    count: Callable[[str], int]
    many: Callable[[Sequence[str]], object] | None = None


def reference() -> Adapter:
    """Open our reference engine."""
    return _ours("reference")


def vector() -> Adapter:
    """Open our vectorised engine."""
    return _ours("vector")


def _ours(engine: str) -> Adapter:
    scrubber = import_module("benchmarks.engines").scrubber(engine)
    return Adapter(
        version("crashscrub"),
        scrubber.scrub_text,
        lambda text: len(scrubber.scan(text)),
        scrubber.scrub_many,
    )


PATTERNS: Final = {
    "email": r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b",
    "ip": r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
    "ipv6": (
        r"\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b"
        r"|\b(?:[0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}\b"
    ),
    "mac": r"\b(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}\b",
    "card": r"\b(?:\d[ -]?){13,16}\b",
    "ssn": r"\b\d{3}-\d{2}-\d{4}\b",
    "phone": r"\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}\b",
    "iban": r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b",
    "home": r"(?<=/home/)[^/\s]+|(?<=/Users/)[^/\s]+|(?<=\\Users\\)[^\\\s]+",
    "jwt": r"\beyJ[\w-]+\.[\w-]+\.[\w-]+",
    "aws": r"\bA(?:KIA|SIA)[A-Z0-9]{16}\b",
    "bearer": r"(?i)(?<=bearer )[\w.~+/-]+=*",
    "password": r"""(?i)(?:password|secret|token|api_?key)["']?\s*[:=]\s*["']?([^\s"',;]+)""",
    "url": r"(?<=://)[^/\s:@]+:[^/\s:@]+(?=@)",
}


def stdlib_re() -> Adapter:
    """Open patterns as people write them by hand."""
    compiled = [(re.compile(pattern), f"[{name}]") for name, pattern in PATTERNS.items()]

    def one(text: str) -> str:
        for pattern, placeholder in compiled:
            text = pattern.sub(placeholder, text)
        return text

    def count(text: str) -> int:
        return sum(1 for pattern, _ in compiled for _ in pattern.finditer(text))

    return Adapter(platform.python_version(), one, count)


def sentry_relay() -> Adapter:
    """Open the rules of Sentry's server, through the library its own web application uses."""
    strip = import_module("sentry_relay.processing").pii_strip_event
    rules = {"applications": {"$string": ["@common"]}}

    def one(text: str) -> Any:  # noqa: ANN401  # an event
        return strip(rules, {"logentry": {"formatted": text}})

    def many(texts: Sequence[str]) -> object:
        crumbs = [{"message": text} for text in texts]
        return strip(rules, {"breadcrumbs": {"values": crumbs}})

    def count(text: str) -> int:
        return json.dumps(one(text).get("_meta", {})).count('["@')

    return Adapter(version("sentry-relay"), one, count, many)


def datafog_core() -> Adapter:
    """Open DataFog's engine in Rust."""
    return _datafog({})


def datafog_core_undated() -> Adapter:
    """Open the same without what a log has in each line."""
    known = import_module("datafog_core").capabilities()["default_entities"]
    return _datafog({"scan": {"entities": [e for e in known if e not in ("DATE", "ZIP_CODE")]}})


def _datafog(options: dict[str, Any]) -> Adapter:
    library = import_module("datafog_core")
    options = {**options, "transform": {"default": {"strategy": "redact"}}}

    def one(text: str) -> Any:  # noqa: ANN401
        return library.scan_and_transform(text, options)

    return Adapter(
        version("datafog-core"),
        one,
        lambda text: len(one(text).transformations),
    )


def loggingredactor() -> Adapter:
    """Open its filter for common personal data."""
    mask = "[masked]"
    redact = import_module("loggingredactor").CommonPIIRedactingFilter(mask=mask).redact
    return Adapter(
        version("loggingredactor"),
        redact,
        lambda text: redact(text).count(mask),
    )


def scrubadub() -> Adapter:
    """Open its default scrubber."""
    scrubber = import_module("scrubadub").Scrubber()
    return Adapter(
        version("scrubadub"),
        scrubber.clean,
        lambda text: sum(1 for _ in scrubber.iter_filth(text)),
    )


def presidio_patterns() -> Adapter:
    """Open the pattern recognisers that Presidio has on by default."""
    presidio = import_module("presidio_analyzer")
    tlds = import_module("tldextract")
    # It would fetch the list of public suffixes; a copy is packaged.
    packaged: Any = import_module("tldextract.tldextract")
    packaged.TLD_EXTRACTOR = tlds.TLDExtract(suffix_list_urls=())
    registry = presidio.RecognizerRegistry()
    registry.load_predefined_recognizers()
    recognizers = [
        (one, one.supported_entities)
        for one in registry.recognizers
        if isinstance(one, presidio.PatternRecognizer)
    ]

    def one(text: str) -> list[object]:
        return [
            found
            for recognizer, entities in recognizers
            for found in recognizer.analyze(text, entities, None)
        ]

    return Adapter(version("presidio-analyzer"), one, lambda text: len(one(text)))
