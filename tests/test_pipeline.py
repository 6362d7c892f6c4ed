"""The one place where stages are wired, as its users see it."""

from __future__ import annotations

import copy
import enum
import logging
import pickle
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.errors import ConfigError, RulesetError, ScrubberError
from scrubber.event_texts import EventTexts
from scrubber.pipeline import Scrubber
from scrubber.redaction import Way
from scrubber.report import Report
from scrubber.ruleset.model import Allowed, Policy
from scrubber.switches import disabled
from scrubber.types import Finding
from tests.small_rules import EMAIL, EVERY_KIND, IMAGE, MASKED, REMOVED, TWO_LINES, rule, scrubber

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.segments import Stages

SMALL = scrubber(*EVERY_KIND)
KEYED = scrubber(EMAIL, rule("SECRET", "%{keys}: (?P<value> [a-z]{1,9}+ )", keys=["password"]))


class Text(str):
    """A string of somebody's own."""

    __slots__ = ()

    def __str__(self) -> str:
        return "not the text"

    def __len__(self) -> int:
        return 0


class Level(str, enum.Enum):  # noqa: UP042  # as many have it
    """A string whose `str()` is another."""

    USER = "a@b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("x", "x"),
        ("to a@b, c@d", "to [email], [email]"),
        (Text("to a@b"), "to [email]"),
        (Level.USER, "[email]"),
        (b"", b""),
        (b"to a@b \xff\xfe \xc3\xa9", b"to [email] \xff\xfe \xc3\xa9"),
        (b"a@b\x80", b"[email]\x80"),
    ],
)
def test_text_comes_back_as_the_same_kind(text: str | bytes, expected: str | bytes) -> None:
    """Bytes that are no text are kept; a subclass is read as the text it holds."""
    assert SMALL.scrub_text(text) == expected  # type: ignore[type-var]


@pytest.mark.parametrize("wrong", [None, 7, ["a@b"], bytearray(b"a@b"), memoryview(b"a@b")])
def test_what_is_no_text_is_refused(wrong: Any) -> None:  # noqa: ANN401
    """The message names the type, not the value."""
    with pytest.raises(TypeError, match=f"not {type(wrong).__name__}$"):
        SMALL.scrub_text(wrong)
    with pytest.raises(TypeError):
        SMALL.redact(wrong)


def test_redact_counts_and_scan_places() -> None:
    """Both see the same findings."""
    text = "a@b\nkey= abc and c@d"
    redaction = SMALL.redact(text)
    assert redaction.text == "[email]\nkey= [secret] and [email]"
    assert redaction.report.by_entity == {"EMAIL_ADDRESS": 2, "SECRET": 1}
    assert SMALL.scan(text) == [
        Finding(0, 3, "EMAIL_ADDRESS", "small.email_address", 0.9),
        Finding(9, 12, "SECRET", "small.secret", 0.9),
        Finding(17, 20, "EMAIL_ADDRESS", "small.email_address", 0.9),
    ]


def test_many_are_scrubbed_like_one() -> None:
    """In order, each of its own kind."""
    assert SMALL.scrub_many(iter(["a@b", "x"])) == ["[email]", "x"]
    assert SMALL.scrub_many([b"a@b"]) == [b"[email]"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (MASKED, "to *@* ***,****"),
        (REMOVED, "to  "),
        (Policy("p", operators={"PICTURE": "remove"}), "to [email] "),
        (Policy("p", entities=("PICTURE",)), "to a@b [picture]"),
        (Policy("p", exclude=("PICTURE",)), "to [email] b64,AAAA"),
        (Policy("p", min_confidence=0.95), "to a@b b64,AAAA"),
    ],
)
def test_a_policy_decides_what_happens(policy: Policy, expected: str) -> None:
    """Which entities, which operator, how sure."""
    assert scrubber(EMAIL, IMAGE, policy=policy).scrub_text("to a@b b64,AAAA") == expected


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (Allowed("a@b"), "a@b [email]"),
        (Allowed("a@b", entity="EMAIL_ADDRESS"), "a@b [email]"),
        (Allowed("a@b", rule_id="small.email_address"), "a@b [email]"),
        (Allowed("a@b", entity="OTHER"), "[email] [email]"),
        (Allowed("a@b", rule_id="small.other"), "[email] [email]"),
    ],
)
def test_what_is_allowed_is_left_alone(allowed: Allowed, expected: str) -> None:
    """Only where the entity or the rule is meant."""
    assert scrubber(EMAIL, allowed=(allowed,)).scrub_text("a@b c@d") == expected


RULES = """
[[rule]]
id = "own.badge"
entity = "BADGE_ID"
description = "Badges."
confidence = 0.9
pattern = 'QX-[0-9]{4}'
match = ['«QX-%{digits:4}»', 'a «QX-%{digits:4}»']
no_match = ['QX-1', 'QX']

[[policy]]
id = "own"
extends = "balanced"
operator = "remove"
"""


def test_a_scrubber_takes_rule_files_and_policies(tmp_path: Path) -> None:
    """A user's rules and policies stand beside the packaged ones."""
    path = tmp_path / "own.toml"
    path.write_text(RULES, encoding="utf-8")
    assert Scrubber(rules=[path]).scrub_text("badge QX-1234") == "badge [badge-id]"
    own = Scrubber("own", rules=[str(path)])
    assert own.scrub_text("badge QX-1234 x") == "badge  x"
    assert repr(own).startswith("Scrubber(policy='own', rules=")
    with pytest.raises(ConfigError, match="unknown policy 'nobody'; known:"):
        Scrubber("nobody")
    with pytest.raises(ConfigError, match="unknown engine 'fast'"):
        Scrubber(engine="fast")
    with pytest.raises(RulesetError):
        Scrubber(rules=[tmp_path / "missing.toml"])


def test_locales_switch_the_rules_of_countries_on(tmp_path: Path) -> None:
    """Besides those of the policy; a country no rule belongs to is an error."""
    path = tmp_path / "own.toml"
    path.write_text(
        RULES.replace("confidence =", 'locales = ["gb"]\nconfidence =')
        + '[[policy]]\nid = "british"\nextends = "balanced"\nlocales = ["gb"]\n',
        encoding="utf-8",
    )
    text = "badge QX-1234"
    assert Scrubber(rules=[path]).scrub_text(text) == text
    own = Scrubber(rules=[path], locales=["gb", "gb"])
    assert own.scrub_text(text) == "badge [badge-id]"
    assert own.policy.locales == ("gb",)
    british = Scrubber("british", rules=[path], locales=("es",))
    assert british.policy.locales == ("gb", "es")
    assert pickle.loads(pickle.dumps(british)).scrub_text(text) == "badge [badge-id]"  # noqa: S301
    with pytest.raises(ConfigError, match=r"unknown locale 'uk'; known: .*es.*, gb"):
        Scrubber(locales=["uk"])


def test_explain_tells_of_every_candidate_without_text() -> None:
    """Which rule saw it, in which view, and why it is none."""
    checked = rule("CARD", "[0-9]{16}", validators=["card_number"])
    told = scrubber(EMAIL, checked).explain("x %61@b 4111111111111112")
    assert [(one.rule_id, one.start, one.accepted, one.view, one.wins) for one in told] == [
        ("small.email_address", 2, True, 1, True),
        ("small.email_address", 3, True, 0, True),
        ("small.card", 8, False, 0, False),
        ("small.card", 8, False, 1, False),
    ]
    assert {one.reason for one in told} == {"", "the check card_number refuses it"}
    assert "@" not in repr(told)
    assert "4111" not in repr(told)


def pickled(one: Scrubber) -> Scrubber:
    """Send a scrubber to another process and back."""
    again = pickle.loads(pickle.dumps(one))  # noqa: S301  # our own bytes
    assert isinstance(again, Scrubber)
    return again


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickled])
def test_a_copy_does_the_same_and_counts_for_itself(duplicate: Any) -> None:  # noqa: ANN401
    """Failures are of the one that failed."""
    broken = scrubber(*EVERY_KIND)
    broken._note_failure("text")  # noqa: SLF001
    other = duplicate(broken)
    assert other.scrub_text("a@b over:\n17") == "[email] over:\n[two-lines]"
    assert (other.failures, broken.failures) == (0, 1)
    assert repr(other) == repr(broken)


def test_warming_changes_nothing() -> None:
    """It only compiles."""
    one = scrubber(EMAIL)
    one.warm()
    assert (one.failures, one.scrub_text("a@b")) == (0, "[email]")


# --- events -------------------------------------------------------------------------------------


def test_an_event_is_scrubbed_and_the_callers_is_not() -> None:
    """Strings, keys, numbers and what stands under a sensitive key."""
    event = {"a@b": "c@d", "password": ["x", 7, None, "", "[secret]"], "n": 3, "t": ("a@b",)}
    before = copy.deepcopy(event)
    assert KEYED.scrub(event) == {
        "[email]": "[email]",
        "password": ["[secret]", 0, None, "", "[secret]"],
        "n": 3,
        "t": ("[email]",),
    }
    assert event == before


@pytest.mark.parametrize("set_to", ["1", "true", "yes"])
def test_a_disabled_scrubber_drops(monkeypatch: pytest.MonkeyPatch, set_to: str) -> None:
    """It never passes through."""
    monkeypatch.setenv("SCRUBBER_DISABLE", set_to)
    assert disabled()
    assert SMALL.scrub({"a": "a@b"}) is None


@pytest.mark.parametrize("set_to", ["0", ""])
def test_zero_does_not_disable(monkeypatch: pytest.MonkeyPatch, set_to: str) -> None:
    """An empty variable is as good as none."""
    monkeypatch.setenv("SCRUBBER_DISABLE", set_to)
    assert SMALL.scrub({"a": "a@b"}) == {"a": "[email]"}


def nested(depth: int) -> dict[str, Any]:
    """Give an event that nests."""
    event: dict[str, Any] = {"x": "a@b"}
    for _ in range(depth):
        event = {"x": event}
    return event


@pytest.mark.parametrize(
    ("event", "reason"), [(nested(100), "budget"), (["a@b"], "unit"), ("a@b", "unit")]
)
def test_an_event_that_cannot_be_scrubbed_becomes_a_stub(
    event: Any,  # noqa: ANN401
    reason: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Counted, and logged once without data."""
    one = scrubber(EMAIL)
    for _ in range(3):
        stub = one.scrub(event)
        assert stub is not None
        assert stub["tags"] == {"scrubber.fallback": reason}
        assert "@" not in repr(stub)
    assert one.failures == 3
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "@" not in caplog.text


def test_an_event_without_even_a_stub_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is what an SDK drops."""

    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("scrubber.hook.stub_event", broken)
    assert scrubber(EMAIL).scrub(["a@b"]) is None


def test_a_text_of_an_event_that_fails_is_a_marker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the event is scrubbed."""
    one = scrubber(EMAIL, TWO_LINES)
    real = EventTexts._redact  # noqa: SLF001  # what fails must lie inside

    def redact(self: EventTexts, text: str, stages: Stages) -> str:
        if text == "slow":
            raise RuntimeError(text)
        return real(self, text, stages)

    monkeypatch.setattr(EventTexts, "_redact", redact)
    assert one.scrub({"a": "slow", "b": "a@b"}) == {"a": "[scrub-failed]", "b": "[email]"}
    assert one.failures == 1


# --- failures -----------------------------------------------------------------------------------


def test_a_stream_that_cannot_be_made_is_a_marker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves `redact`."""
    one = scrubber(EMAIL)
    monkeypatch.setattr(Way, "stream", None)
    assert one.redact("a@b") == one.redact("c@d")
    assert one.redact("a@b").text == "[scrub-failed]"
    assert one.redact("a@b").report == Report(failures=1)
    assert one.scrub_text(b"a@b") == b"[scrub-failed]"
    assert one.failures == 5


def test_a_scan_that_fails_says_so_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list without a finding would read as a clean text."""
    one = scrubber(EMAIL)
    monkeypatch.setattr("scrubber.stream.Stream._settle", None)
    with pytest.raises(ScrubberError, match=r"^the text could not be scanned$"):
        one.scan("a@b")


def test_failures_are_logged_once_and_a_broken_handler_decides_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A filter that raises does not make `scrub_text` raise."""
    one = scrubber(EMAIL)
    log = logging.getLogger("scrubber")

    def broken(_: logging.LogRecord) -> bool:
        raise RuntimeError

    log.addFilter(broken)
    try:
        one._note_failure("text")  # noqa: SLF001
    finally:
        log.removeFilter(broken)
    for _ in range(3):
        one._note_failure("text")  # noqa: SLF001
    assert one.failures == 4
    assert caplog.records == []
    other = scrubber(EMAIL)
    for _ in range(3):
        other._note_failure("event")  # noqa: SLF001
    assert len(caplog.records) == 1


def test_failures_of_many_threads_are_all_counted() -> None:
    """No increment is lost."""
    one = scrubber(EMAIL)

    def fail() -> None:
        for _ in range(2000):
            one._note_failure("text")  # noqa: SLF001

    threads = [threading.Thread(target=fail) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.failures == 16_000


def test_a_fuse_that_blows_costs_one_line() -> None:
    """The other lines of a block are scrubbed."""
    # A load would refuse it.
    slow = replace(rule("SLOW", "c"), pattern="(?:a{1,40}[ab]){1,40}c")
    one = scrubber(EMAIL, slow, policy=Policy("p", timeout=0.05))
    text = "x a@b\n" + "a" * 5000 + " c@d\ny e@f\n"
    redaction = one.redact(text)
    assert redaction.text == "x [email]\n[scrub-failed]\ny [email]\n"
    assert redaction.report.failures == one.failures == 1


@pytest.mark.parametrize(
    "wrong", [{"entities": ("EMAIL",)}, {"exclude": ("EMAIL",)}, {"operators": {"EMAIL": "mask"}}]
)
def test_a_policy_of_entities_no_rule_has_is_refused(wrong: dict[str, Any]) -> None:
    """`EMAIL` instead of `EMAIL_ADDRESS` would let every mailbox out."""
    with pytest.raises(ConfigError, match="policy p: no rule has the entity EMAIL"):
        Scrubber(Policy("p", **wrong))


def test_an_event_has_a_wiring_of_its_own() -> None:
    """How far its rules look is theirs, and nothing is built for text that nobody gives."""
    small = scrubber(EMAIL)
    small.scrub({"message": "to a@b"})
    assert set(small._wirings.made) == {("anchor", False)}  # noqa: SLF001


def test_a_match_below_the_confidence_of_the_policy_stays() -> None:
    """A rule that needs its context to be sure is asked, and believed only beside it."""
    badge = rule("BADGE", "B-[0-9]{3}", confidence=0.5, context={"words": ["door"], "boost": 0.3})
    one = scrubber(badge, policy=Policy("sure", min_confidence=0.7))
    assert one.scrub_text("B-123\ndoor B-123") == "B-123\ndoor [badge]"
