"""What is left of an event that was too much: what its place tells, and paths."""

from __future__ import annotations

from scrubber.units.fields import TABLE
from scrubber.units.reduced import DEEPEST, MOST_ITEMS, Reduced

FIELD = TABLE.root("event")


def told(path: str, file: str) -> str | None:
    """Tell of a path what a test can see."""
    return None if "jane" in path else f"<{path}|{file}>"


def reduced(event: object) -> dict[str, object]:
    """Reduce an event."""
    return Reduced(told).of(event, FIELD)


def test_what_its_place_tells_stays() -> None:
    """Ids, moments, names of code, lines, versions; paths as far as they may be told."""
    frame = {"function": "f", "filename": "a/b.py", "abs_path": "/x/a/b.py", "lineno": 3}
    event = {
        "event_id": "a1" * 16,
        "timestamp": 1767225600.5,
        "modules": {"torch": "2.1.0"},
        "sdk": {"name": "sentry.python", "version": "2.75.0"},
        "exception": {"values": [{"type": "OSError", "stacktrace": {"frames": [frame]}}]},
    }
    kept = reduced(event)
    frame["abs_path"] = "</x/a/b.py|a/b.py>"
    assert kept == {name: value for name, value in event.items() if name != "modules"}


def test_free_text_is_a_marker_or_nothing() -> None:
    """Whatever it is."""
    frame = {"vars": {"x": "jane"}, "context_line": "jane", "abs_path": "/home/jane/x.py"}
    event = {
        "message": "jane",
        "user": {"id": "jane"},
        "server_name": "jane",
        "tags": {"a": "jane"},
        "extra": {"a": ["jane"]},
        "modules": {"jane": "jane"},
        "timestamp": "jane",
        "exception": [{"type": "jane doe", "value": "jane", "stacktrace": {"frames": [frame]}}],
        "unknown": {"a": "jane"},
    }
    assert reduced(event) == {
        "message": "[scrub-failed]",
        "exception": [{"value": "[scrub-failed]"}],
    }


def test_the_walk_is_bounded() -> None:
    """Deep, wide, huge, cyclic, and no event at all."""
    deep: dict[str, object] = {"exception": {"values": []}}
    for _ in range(DEEPEST * 4):
        deep = {"values": [deep]}
    assert reduced({"exception": deep}) == {}
    frames = [{"lineno": number} for number in range(MOST_ITEMS + 5)]
    kept = reduced({"stacktrace": {"frames": frames}})
    assert kept == {"stacktrace": {"frames": frames[5:]}}
    cyclic: dict[str, object] = {}
    cyclic["exception"] = cyclic
    assert reduced(cyclic) == {}
    assert reduced({"timestamp": 10.0**30, "time_spent": float("nan"), "received": True}) == {
        "received": True
    }
    assert reduced(7) == {}
