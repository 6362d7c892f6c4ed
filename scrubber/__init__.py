"""
Redact personal data and secrets from crash reports, tracebacks and logs.

    import sentry_sdk
    from scrubber import scrub

    sentry_sdk.init(before_send=scrub)

This module only gives the public names. Nothing is read, opened or compiled until one is used.
"""

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
from scrubber.pipeline import Explanation, Redaction, Scrubber
from scrubber.report import Report
from scrubber.ruleset.model import Policy
from scrubber.stream import Located, Stream
from scrubber.types import Finding

__all__ = [
    "BudgetError",
    "ConfigError",
    "Explanation",
    "Finding",
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
    "scan",
    "scrub",
    "scrub_exception",
    "scrub_many",
    "scrub_text",
]
