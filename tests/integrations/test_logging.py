"""Records are scrubbed before a handler sees them, whoever reads what of them."""

from __future__ import annotations

import copy
import io
import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from decimal import Decimal
from logging.handlers import QueueHandler
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.integrations import logging as own
from scrubber.integrations.batching import ScrubHandler
from scrubber.integrations.logging import ScrubFilter, install_logging, uninstall_logging
from tests.integrations.logs import (
    MAIL,
    NUMBER,
    SECRET,
    SMALL,
    Kept,
    Shy,
    Unprintable,
    raw_in,
    record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[True, False], ids=["replaced", "rewritten"])
def replaces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let a filter replace records, as from Python 3.12 on, or rewrite them."""
    monkeypatch.setattr(own, "REPLACES", request.param)
    return bool(request.param)


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """A logger with nothing above it."""
    logger = logging.Logger("app")  # noqa: LOG001  # nobody else's
    yield logger
    for handler in logger.handlers:
        handler.close()


def scrubbed(given: logging.LogRecord) -> logging.LogRecord:
    """Give what a filter makes of a record."""
    made = ScrubFilter(SMALL).filter(given)
    assert isinstance(made, logging.LogRecord)
    return made


def test_a_clean_record_stays_as_it_is() -> None:
    """The same object with the same arguments."""
    args = ([1, 2], Shy("clean"), 0.5)
    given = record("%s %s %.3f", *args)
    before = dict(vars(given))
    assert scrubbed(given) is given
    assert vars(given) == before
    assert all(one is other for one, other in zip(given.args or (), args, strict=True))


class Odd(str):
    """A text that formats in a way of its own."""

    __slots__ = ()

    def __mod__(self, args: object) -> str:
        """Format."""
        return str.__mod__(self, args)


MESSAGES = [
    (("to %s", MAIL), "to %s", "to [email]"),
    (("key=%s", SECRET), "key=%s", "key=[secret]"),
    (("card %d", NUMBER), "card %d", "card 0"),
    ((f"to {MAIL} 100%",), "to [email] 100%", "to [email] 100%"),
    ((f"to {MAIL}: %d", 5), "to [email]: 5", "to [email]: 5"),
    (("%(a)s %(password)s", {"a": 1, "password": "x"}), "%(a)s %(password)s", "1 [keyed]"),
    (("%s", {"a": MAIL}), "%s", "{'a': '[email]'}"),
    (
        ({"password": "x", "n": 1},),
        {"password": "[keyed]", "n": 1},
        "{'password': '[keyed]', 'n': 1}",
    ),
    ((ValueError(MAIL),), "[email]", "[email]"),
    ((Shy(MAIL),), "[email]", "[email]"),
    (("%d", MAIL), "%d [scrub-failed]", "%d [scrub-failed]"),
    ((f"{MAIL} %d", "x"), "[email] %d [scrub-failed]", "[email] %d [scrub-failed]"),
    ((Unprintable(),), "[scrub-failed]", "[scrub-failed]"),
    (("%s", Unprintable()), "%s [scrub-failed]", "%s [scrub-failed]"),
    (("%s %s", Shy("clean", "clean", MAIL), MAIL), "clean [email]", "clean [email]"),
    (("%.2s", MAIL), "%.2s", "[e"),
    (("%.2s", [MAIL]), "%.2s", "['"),
    (("%.2s", {"a": MAIL}), "%.2s", "{'"),
    ((Odd("to %s"), MAIL), "to [email]", "to [email]"),
    (("a %(x)s", {"x": 1, "more": MAIL}), "a %(x)s", "a 1"),
]


@pytest.mark.parametrize(("given", "template", "message"), MESSAGES)
@pytest.mark.usefixtures("replaces")
def test_a_message_is_scrubbed(given: tuple[Any, ...], template: object, message: str) -> None:
    """The template stays where it can; nothing that a handler can read is raw."""
    made = scrubbed(record(*copy.deepcopy(given)))
    assert (made.msg, made.getMessage()) == (template, message)
    assert raw_in(repr(vars(made))) == []
    assert scrubbed(made).getMessage() == message


def test_the_record_is_replaced_where_python_takes_another(replaces: bool) -> None:  # noqa: FBT001
    """Other handlers get the original then."""
    arg = Shy(MAIL)
    given = record("to %s", arg, user=MAIL)
    made = scrubbed(given)
    assert (made is given) is not replaces
    assert (given.args == (arg,)) is replaces
    assert arg.texts == [MAIL]
    assert own.REPLACES is replaces


EXTRA = [
    ({"password": "x"}, {"password": "[keyed]"}),
    ({"password": 7, "n": 7}, {"password": 0, "n": 7}),
    (
        {"user": {"password": "x", "mail": [MAIL]}},
        {"user": {"password": "[keyed]", "mail": ["[email]"]}},
    ),
    ({"at": (MAIL, 1), "all": {MAIL}}, {"at": ("[email]", 1), "all": ["[email]"]}),
    ({MAIL: 1}, {"[email]": 1}),
    ({"who": Shy(MAIL), "no": Unprintable()}, {"who": "[email]", "no": "[scrub-failed]"}),
    ({"card": NUMBER, "raw": MAIL.encode()}, {"card": 0, "raw": "[email]"}),
    ({"loss": Decimal("0.5")}, {"loss": Decimal("0.5")}),
    ({"when": datetime(2026, 1, 2, tzinfo=UTC)}, {"when": datetime(2026, 1, 2, tzinfo=UTC)}),
    ({"password": Decimal("0.5")}, {"password": "[keyed]"}),
    ({"nothing": None, "yes": True}, {"nothing": None, "yes": True}),
]


@pytest.mark.parametrize(("extra", "expected"), EXTRA)
@pytest.mark.usefixtures("replaces")
def test_extra_is_scrubbed_by_value_and_by_name(
    extra: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Containers come back as copies, and what was logged is not changed."""
    shown = {name: value for name, value in extra.items() if not hasattr(value, "texts")}
    before = repr(shown) if "no" not in extra else ""
    made = scrubbed(record("x", **extra))
    found = {name: getattr(made, name, None) for name in expected}
    assert found == expected
    assert raw_in(repr(vars(made))) == []
    assert not before or repr(shown) == before


def test_extra_that_cannot_be_walked_fails_closed() -> None:
    """Cycles end at a depth, values at a number."""
    cyclic: list[object] = [MAIL]
    cyclic.append(cyclic)
    made = scrubbed(record("x", a=cyclic))
    assert "[scrub-failed]" in repr(made.__dict__["a"])
    wide: list[object] = [MAIL]
    for _ in range(40):
        wide = [wide, wide]
    for given in (record("x", a=wide), record("x", a=[MAIL] * 20_000)):
        made = scrubbed(given)
        assert (made.msg, made.__dict__["a"]) == ("[scrub-failed]", "[scrub-failed]")


def test_names_of_code_and_threads_are_scrubbed() -> None:
    """Some formats print them."""
    given = record("x", pathname=f"/srv/{MAIL}/app.py", threadName=f"worker {MAIL}")
    made = scrubbed(given)
    assert (made.pathname, made.threadName) == ("/srv/[email]/app.py", "worker [email]")
    del given.processName
    assert scrubbed(given).pathname == "/srv/[email]/app.py"


def test_what_is_remembered_of_names_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may name its threads after requests."""
    monkeypatch.setattr("scrubber.integrations.record._MOST_LABELS", 8)
    scrubbing = ScrubFilter(SMALL)
    for at in range(30):
        scrubbing.filter(record("x", threadName=f"{at} {MAIL}"))
    assert len(scrubbing._records._labels) <= 8  # noqa: SLF001


def test_what_a_formatter_left_on_a_record_is_scrubbed() -> None:
    """Another handler has formatted it before; its message and traceback are kept there."""
    given = record("to %s", MAIL, exc_text=f"Boom: {MAIL}", stack_info=f"at {MAIL}")
    given.message = given.getMessage()
    made = scrubbed(given)
    assert (made.message, made.exc_text, made.stack_info) == (
        "to [email]",
        "Boom: [email]",
        "at [email]",
    )
    odd = record("clean", message=MAIL)
    assert raw_in(repr(vars(scrubbed(odd)))) == []


class Braces(logging.LogRecord):
    """A record of a factory that formats in another way."""

    def getMessage(self) -> str:  # noqa: N802  # its parent's name
        """Format with braces."""
        return str(self.msg).format(*self.args or ())


@pytest.mark.usefixtures("replaces")
def test_a_record_that_formats_in_its_own_way_becomes_a_plain_one() -> None:
    """Its class would format the scrubbed text again."""
    given = Braces("app", logging.INFO, "/srv/app.py", 7, "{{}} {}", (MAIL,), None)
    made = scrubbed(given)
    assert (type(made), made.getMessage()) == (logging.LogRecord, "{} [email]")
    clean = Braces("app", logging.INFO, "/srv/app.py", 7, "{}", (1,), None)
    clean.__dict__["user"] = MAIL
    made = scrubbed(clean)
    assert (type(made), made.getMessage(), made.__dict__["user"]) == (Braces, "1", "[email]")


class Json(logging.Formatter):
    """Writes all there is, and formats the exception by itself."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        fields = {**vars(record), "told": record.getMessage()}
        if record.exc_info:
            fields["trace"] = traceback.format_exception(*record.exc_info)
        return json.dumps(fields, default=repr)


def crash(logger: logging.Logger) -> None:
    """Log an exception with everything a call may have."""
    local = f"local of {MAIL}"
    try:
        int(local)
    except ValueError:
        logger.exception("no %s", MAIL, extra={"password": "x"}, stack_info=True)


@pytest.mark.parametrize("formatter", [None, logging.Formatter("%(message)s %(password)s"), Json()])
def test_formatters_get_nothing_raw(
    log: logging.Logger, formatter: logging.Formatter | None
) -> None:
    """The standard one, and one that looks for itself."""
    kept = Kept(formatter)
    log.addHandler(kept)
    install_logging([kept], scrubber=SMALL)
    crash(log)
    assert raw_in(kept.shown) == []
    assert "invalid literal for int() with base 10: 'local of [email]'" in kept.lines[0]
    assert "in crash" in kept.lines[0]
    info = kept.records[0].exc_info
    assert info is not None
    assert (info[0] or Exception).__name__ == "ValueError"


def test_a_queue_handler_gets_nothing_raw(log: logging.Logger) -> None:
    """It formats first and hands over what it formatted."""
    queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler = QueueHandler(queue)
    log.addHandler(handler)
    install_logging([handler], scrubber=SMALL)
    crash(log)
    passed = queue.get()
    assert raw_in(repr(vars(passed))) == []
    assert "no [email]\nTraceback" in passed.getMessage()


def test_an_exception_that_is_none_stays_none() -> None:
    """`logger.exception` where nothing was raised."""
    nothing = (None, None, None)
    given = record("x", exc_info=nothing)
    assert scrubbed(given).exc_info == nothing


def test_a_disabled_filter_drops(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never lets a record through."""
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    assert ScrubFilter(SMALL).filter(record("x")) is False


def test_without_rules_markers_are_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program goes on, and its log says where it was."""

    def broken() -> None:
        raise OSError(MAIL)

    monkeypatch.setattr("scrubber.integrations.record.scrubber_for", broken)
    scrubbing = ScrubFilter()
    given = record(
        "to %s", MAIL, user=MAIL, threadName=MAIL, exc_info=(ValueError, ValueError(MAIL), None)
    )
    made: Any = scrubbing.filter(given)
    assert raw_in(repr(vars(made))) == []
    assert (made.getMessage(), made.exc_text, made.exc_info) == (
        "[scrub-failed]",
        "[scrub-failed]",
        None,
    )
    assert (made.name, made.lineno, made.levelname, made.funcName) == ("app", 7, "INFO", "run")
    assert scrubbing.failures == 1


def test_what_cannot_be_replaced_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even by a marker."""
    monkeypatch.setattr(own, "failed", None)
    monkeypatch.setattr("scrubber.integrations.record._labels_of", None)
    assert ScrubFilter(SMALL).filter(record("to %s", MAIL)) is False


def test_an_argument_that_logs_itself_ends(log: logging.Logger) -> None:
    """Three records deep a marker stands for it."""

    class Chatty:
        def __str__(self) -> str:
            log.info("asked: %s", self)
            return MAIL

    kept = Kept()
    log.addHandler(kept)
    install_logging([kept], scrubber=SMALL)
    log.info("chatty: %s", Chatty())
    assert raw_in("\n".join(kept.lines)) == []
    assert "[scrub-failed]" in kept.lines
    assert kept.lines[-1] == "chatty: [email]"


def test_the_warning_of_a_failure_passes_the_filter_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It comes from inside the filter, and is logged once."""
    kept, root = Kept(), logging.getLogger()
    monkeypatch.setattr(root, "handlers", [kept])
    broken = ScrubFilter(SMALL)
    monkeypatch.setattr(broken._records, "changes", None)  # noqa: SLF001
    kept.addFilter(broken)
    for _ in range(3):
        root.warning("to %s", MAIL)
    assert raw_in(kept.shown) == []
    assert len(kept.lines) == 4
    assert broken.failures == 4


def test_threads_share_a_filter() -> None:
    """Each has its own depth, and all get the same result."""
    scrubbing, found = ScrubFilter(SMALL), []

    def work() -> None:
        for at in range(50):
            made = scrubbing.filter(record("%d to %s", at, MAIL))
            found.append(made.getMessage() == f"{at} to [email]")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [True] * 200


@pytest.fixture
def loggers(monkeypatch: pytest.MonkeyPatch) -> tuple[Kept, Kept, Kept]:
    """A handler at the root, one of another logger, and the one of last resort."""
    root, other, last = Kept(), Kept(), Kept()
    monkeypatch.setattr(logging.getLogger(), "handlers", [root])
    monkeypatch.setattr(logging.getLogger("scrubber.tests.own"), "handlers", [other])
    monkeypatch.setattr(logging, "lastResort", last)
    return root, other, last


def filters(handler: logging.Handler) -> int:
    """Count filters of ours."""
    return sum(isinstance(one, ScrubFilter) for one in handler.filters)


def test_installing_reaches_every_handler_once(loggers: tuple[Kept, Kept, Kept]) -> None:
    """Also again, and after handlers were added; a filter added meanwhile comes before."""
    install_logging(scrubber=SMALL)
    logging.getLogger("a.child.of.the.root").warning("to %s", MAIL)
    assert loggers[0].lines == ["to [email]"]
    loggers[0].addFilter(lambda _: True)
    late = Kept()
    logging.getLogger().addHandler(late)
    installed = install_logging(scrubber=SMALL)
    assert [filters(one) for one in (*loggers, late)] == [1, 1, 1, 1]
    assert loggers[0].filters[-1] is installed
    uninstall_logging()
    assert [len(one.filters) for one in (*loggers, late)] == [1, 0, 0, 0]


def test_installing_where_there_is_no_handler_says_so(
    loggers: tuple[Kept, Kept, Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is printed then is scrubbed, and a handler added later is not."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    install_logging(scrubber=SMALL)
    assert "call it again" in loggers[2].lines[0]
    logging.getLogger("scrubber.tests").warning("to %s", MAIL)
    assert loggers[2].lines[1] == "to [email]"
    monkeypatch.setattr(logging, "lastResort", None)
    install_logging(scrubber=SMALL)


def test_a_handler_that_scrubs_by_itself_needs_no_filter() -> None:
    """It would scrub twice."""
    handler = ScrubHandler(Kept(), scrubber=SMALL)
    install_logging([handler], scrubber=SMALL)
    assert filters(handler) == 0
    handler.close()


def test_the_filter_can_be_named_in_a_configuration() -> None:
    """As `logging.config` does: a class without arguments."""
    assert ScrubFilter().failures == 0


@pytest.mark.skipif(sys.version_info < (3, 12), reason="one record for all before 3.12")
def test_another_handler_gets_the_original(log: logging.Logger) -> None:
    """It may be Sentry's, which scrubs with its own hook."""
    kept, other = Kept(), Kept()
    for handler in (kept, other):
        log.addHandler(handler)
    install_logging([kept], scrubber=SMALL)
    log.info("to %s", MAIL)
    assert (kept.lines, other.lines) == (["to [email]"], [f"to {MAIL}"])


def test_a_stream_shows_what_a_user_sees(log: logging.Logger) -> None:
    """The whole way, with handlers as they are."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    install_logging([handler], scrubber=SMALL)
    log.warning("login of %s failed after %d tries", MAIL, 3)
    assert out.getvalue() == "app WARNING login of [email] failed after 3 tries\n"
