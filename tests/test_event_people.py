"""Names of people in events: where they are looked for, within which budget, and what else."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from scrubber import Identity, Scrubber
from scrubber.ner.tagger import EmbeddedTagger

SCRUBBER = Scrubber(identity=Identity.none())
BALANCED = SCRUBBER.policy
EVENT_ID = "a1" * 16
SENTENCE = "User Jane Doe not found"
CLEAN = "User [person] not found"


@cache
def _with(**changes: Any) -> Scrubber:  # noqa: ANN401  # fields of a policy
    """Build a scrubber whose policy differs, once."""
    return Scrubber(replace(BALANCED, id="mine", **changes), identity=Identity.none())


def _scrubbed(event: dict[str, Any], scrubber: Scrubber = SCRUBBER, **kind: Any) -> Any:  # noqa: ANN401
    done = scrubber.scrub({"event_id": EVENT_ID, **event}, **kind)
    assert done is not None
    assert "scrubber.fallback" not in json.dumps(done)
    return done


def _exception(**fields: Any) -> dict[str, Any]:  # noqa: ANN401  # the JSON border
    return {"exception": {"values": [{"type": "KeyError", **fields}]}}


def _frame(**fields: Any) -> dict[str, Any]:  # noqa: ANN401  # the JSON border
    return _exception(stacktrace={"frames": [{"filename": "x.py", **fields}]})


SAID: dict[str, dict[str, Any]] = {
    "a message": {"message": SENTENCE},
    "an exception": _exception(value=SENTENCE),
    "a log entry": {"logentry": {"formatted": SENTENCE}},
    "a breadcrumb": {"breadcrumbs": {"values": [{"message": SENTENCE}]}},
    "breadcrumbs as a list": {"breadcrumbs": [{"message": SENTENCE}]},
    "what a program adds": {"extra": {"note": SENTENCE, "more": {"notes": ["x", SENTENCE]}}},
    "feedback": {"contexts": {"feedback": {"message": SENTENCE}}},
}


@pytest.mark.parametrize("place", SAID)
def test_names_are_found_where_sentences_stand(place: str) -> None:
    """And only the name is replaced."""
    shown = json.dumps(_scrubbed(SAID[place]))
    assert "Jane" not in shown
    assert CLEAN in shown


def test_what_fills_a_template_is_read_in_its_sentence() -> None:
    """A name alone tells less than what stands around it."""
    entry = {"message": "Patient %s (%d) not found", "params": ["Jane Doe", 7]}
    done = _scrubbed({"logentry": entry})["logentry"]
    assert done == {"message": "Patient %s (%d) not found", "params": ["[person]", 7]}


CODE: dict[str, dict[str, Any]] = {
    "a type": _exception(type=SENTENCE),
    "a module of a type": _exception(module=SENTENCE),
    "a function": _frame(function=SENTENCE),
    "a module": _frame(module=SENTENCE),
    "a variable": _frame(vars={"note": SENTENCE}),
    "a line of source": _frame(context_line=SENTENCE),
    "modules": {"modules": {"a": SENTENCE}},
    "a transaction": {"transaction": SENTENCE},
    "a tag": {"tags": {"a": SENTENCE}},
}


@pytest.mark.parametrize("place", CODE)
def test_names_are_not_looked_for_where_no_sentences_stand(place: str) -> None:
    """By default: `Jane Doe` there is what somebody called it."""
    assert _scrubbed(CODE[place]) == {"event_id": EVENT_ID, **CODE[place]}


@pytest.mark.parametrize("place", ["a variable", "a tag", "a transaction"])
def test_names_are_looked_for_everywhere_where_asked(place: str) -> None:
    """In all texts that are data."""
    assert "Jane" not in json.dumps(_scrubbed(CODE[place], _with(ner="on")))


@pytest.mark.parametrize("place", SAID)
@pytest.mark.parametrize("changes", [{"ner": "off"}, {"exclude": ("PERSON",)}])
def test_names_are_left_where_nobody_asks_for_them(place: str, changes: dict[str, Any]) -> None:
    """All else is looked for as ever."""
    event = {**SAID[place], "release": "for jane@example.com"}
    done = _scrubbed(event, _with(**changes))
    assert SENTENCE in json.dumps(done)
    assert done["release"] == "for [email]"


def test_who_found_a_name_is_remarked() -> None:
    """By its rule."""
    done = _scrubbed({"message": SENTENCE})
    assert done["_meta"]["message"] == {"": {"rem": [["ner.tagger", "s", 5, 13]]}}


def test_names_found_once_are_not_left_in_the_same_words() -> None:
    """The same text is the same text wherever it stands."""
    done = _scrubbed({"message": SENTENCE, "tags": {"a": SENTENCE}})
    assert done["tags"]["a"] == CLEAN


CRUMBS = {
    "breadcrumbs": {"values": [{"message": f"old: {SENTENCE}"}, {"message": f"new: {SENTENCE}"}]},
    **_exception(value=SENTENCE),
}
ENOUGH_FOR_TWO = 2


def _messages(done: dict[str, Any]) -> list[str]:
    crumbs = [one["message"] for one in done["breadcrumbs"]["values"]]
    return [*crumbs, done["exception"]["values"][0]["value"]]


def _told(done: dict[str, Any]) -> Any:  # noqa: ANN401  # the JSON border
    return done.get("_meta", {}).get("", {}).get("err")


def test_within_its_budget_taggers_look_at_what_tells_most() -> None:
    """Exceptions before breadcrumbs, the latest of these first; what is kept is said."""
    done = _scrubbed(CRUMBS, _with(ner_budget=ENOUGH_FOR_TWO))
    assert _messages(done) == [f"old: {SENTENCE}", f"new: {CLEAN}", CLEAN]
    assert _told(done) == [["ner.unreached", {"texts": 1}]]


def test_what_is_not_reached_may_be_blanked() -> None:
    """Words like names, whoever they are."""
    done = _scrubbed(CRUMBS, _with(ner_budget=ENOUGH_FOR_TWO, ner_unreached="blank"))
    old, new, said = _messages(done)
    assert old.startswith("old: ")
    assert "Jane" not in old
    assert "Doe" not in old
    assert "not found" in old
    assert (new, said) == (f"new: {CLEAN}", CLEAN)
    assert _told(done) == [["ner.unreached", {"texts": 1}]]


def test_where_everything_is_reached_nothing_is_said() -> None:
    """The budget of the packaged policies is enough for most events."""
    done = _scrubbed(CRUMBS)
    assert not [one for one in _messages(done) if "Jane" in one]
    assert _told(done) is None


def test_without_a_budget_rules_look_as_ever() -> None:
    """The report says what was not looked at."""
    done = _scrubbed({"message": f"{SENTENCE}: jane@example.com"}, _with(ner_budget=0))
    assert done["message"] == f"{SENTENCE}: [email]"
    assert _told(done) == [["ner.unreached", {"texts": 1}]]


FAILS = "User Maria Gonzalez is gone"
"""What no other test has: it is tagged anew."""


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tagger that fails at every line of that sentence."""

    def fail(_: EmbeddedTagger, line: str) -> list[object]:
        if "Maria" in line:
            raise RuntimeError(line)
        return []

    monkeypatch.setattr(EmbeddedTagger, "tag", fail)


@pytest.mark.parametrize("place", SAID)
@pytest.mark.usefixtures("failing")
def test_a_tagger_that_fails_lets_nothing_raw_out(place: str) -> None:
    """A marker stands for the text; the failure is counted."""
    before = SCRUBBER.failures
    event = json.loads(json.dumps(SAID[place]).replace(SENTENCE, FAILS))
    shown = json.dumps(_scrubbed(event))
    assert "Maria" not in shown
    assert "gone" not in shown
    assert "[scrub-failed]" in shown
    assert SCRUBBER.failures > before


@pytest.mark.usefixtures("failing")
def test_a_tagger_that_fails_leaves_other_texts_alone() -> None:
    """It is that text that is not known."""
    done = _scrubbed({"message": FAILS, **_exception(value="KeyError")})
    assert done["message"] == "[scrub-failed]"
    assert done["exception"]["values"][0]["value"] == "KeyError"


@pytest.mark.parametrize("kind", ["breadcrumb", "log", "feedback"])
def test_reports_of_other_kinds_are_read_too(kind: str) -> None:
    """What they say is a sentence."""
    reports: dict[str, dict[str, Any]] = {
        "breadcrumb": {"message": SENTENCE},
        "log": {"body": SENTENCE},
        "feedback": {"contexts": {"feedback": {"message": SENTENCE}}},
    }
    done = SCRUBBER.scrub(reports[kind], kind=kind)
    assert CLEAN in json.dumps(done)


def test_both_engines_give_the_same_event() -> None:
    """With names and without."""
    pytest.importorskip("hyperscan", reason="there is one engine without hyperscan")
    event = {**SAID["a message"], **CRUMBS, "extra": {"a": "nothing of interest", "b": SENTENCE}}
    vector = Scrubber(BALANCED, identity=Identity.none(), engine="vector")
    vector.warm()
    reference = Scrubber(BALANCED, identity=Identity.none(), engine="reference")
    assert _scrubbed(event, vector) == _scrubbed(event, reference)
