"""
Redact personal data and secrets from crash reports, tracebacks and logs.

    import sentry_sdk
    from scrubber import scrub

    sentry_sdk.init(before_send=scrub)

This module only gives the public names. Importing it reads no file, compiles no pattern and loads
no other module of the package: each name is fetched from its module when it is first asked for (PEP
562).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.adoption.adopting import adopt
    from scrubber.consent.application import settings
    from scrubber.default import scan, scrub, scrub_exception, scrub_many, scrub_text
    from scrubber.errors import (
        BudgetError,
        ConfigError,
        InputError,
        Problem,
        RulesetError,
        ScrubberError,
        UnitError,
    )
    from scrubber.explain import Explanation
    from scrubber.identity.model import Identity
    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber
    from scrubber.redaction import Redaction
    from scrubber.report import Report
    from scrubber.ruleset.model import Policy
    from scrubber.stream import Stream
    from scrubber.types import Finding

_HOME = {
    "BudgetError": "errors",
    "ConfigError": "errors",
    "Explanation": "explain",
    "Finding": "types",
    "Identity": "identity.model",
    "InputError": "errors",
    "Located": "ledger",
    "Policy": "ruleset.model",
    "Problem": "errors",
    "Redaction": "redaction",
    "Report": "report",
    "RulesetError": "errors",
    "Scrubber": "pipeline",
    "ScrubberError": "errors",
    "Stream": "stream",
    "UnitError": "errors",
    "adopt": "adoption.adopting",
    "scan": "default",
    "scrub": "default",
    "scrub_exception": "default",
    "scrub_many": "default",
    "scrub_text": "default",
    "settings": "consent.application",
}

__all__ = [
    "BudgetError",
    "ConfigError",
    "Explanation",
    "Finding",
    "Identity",
    "InputError",
    "Located",
    "Policy",
    "Problem",
    "Redaction",
    "Report",
    "RulesetError",
    "Scrubber",
    "ScrubberError",
    "Stream",
    "UnitError",
    "adopt",
    "scan",
    "scrub",
    "scrub_exception",
    "scrub_many",
    "scrub_text",
    "settings",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module 'scrubber' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"scrubber.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
