"""What this library collects. All of it: the page `DATA_COLLECTION.md` is made of this plan."""

from __future__ import annotations

from functools import cache

from scrubber import adopt
from scrubber.adoption import Adoption, Plan
from scrubber.telemetry import Choice, Event, GoogleAnalytics4, Number, PublicName

PLAN = Plan(
    app="mylib",
    version="1.4.0",
    dsn="https://public@errors.example.com/1",
    packages=("examples.mylib",),  # only what breaks in our own code
    ga4=GoogleAnalytics4("G-EXAMPLE", "the-secret-of-the-stream"),
    events=(
        Event(
            "train",
            {
                "task": Choice("detect", "segment", "classify"),
                "model": PublicName("models"),
                "epochs": Number(0, 1000),
            },
            purpose="which models and tasks to test most",
        ),
    ),
    contact="Ask privacy@example.com, or read <https://mylib.example.com/privacy>.",
)


@cache
def collection() -> Adoption:
    """Begin when something is first used, and not when the library is imported."""
    return adopt(PLAN)
