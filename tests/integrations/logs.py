"""What the tests of integrations share: a small scrubber, records, and what must not be seen."""

from __future__ import annotations

import logging
from typing import Any

from tests.small_rules import AFTER_KEY, CARD, EMAIL, rule, scrubber

MAIL = "jane@example"
SECRET = "hunter2x9"
NUMBER = 41111111
PLANTED = (MAIL, SECRET, str(NUMBER))

KEYED = rule("KEYED", "%{keys}: (?P<value> [a-z0-9]{1,12}+ )", keys=["password"])
SMALL = scrubber(EMAIL, AFTER_KEY, CARD, KEYED)


def record(msg: object, *args: object, **fields: Any) -> logging.LogRecord:  # noqa: ANN401
    """Make a record as a logger does, with more attributes set."""
    made = logging.LogRecord("app", logging.INFO, "/srv/app.py", 7, msg, args, None, "run")
    vars(made).update(fields)
    return made


def raw_in(shown: str) -> list[str]:
    """Tell which planted values a text shows."""
    return [one for one in PLANTED if one in shown]


class Shy:
    """An object that tells a mail address, and changes what it tells if it is asked to."""

    def __init__(self, *texts: str) -> None:
        """Tell these texts, one after the other, and the last one from then on."""
        self.texts = [*texts]

    def __str__(self) -> str:
        return self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]


class Unprintable:
    """An object without a text."""

    def __str__(self) -> str:
        raise RuntimeError(MAIL)

    __repr__ = __str__


class Kept(logging.Handler):
    """Keeps what it was given, and what a formatter makes of it."""

    def __init__(self, formatter: logging.Formatter | None = None) -> None:
        """Keep nothing yet."""
        super().__init__()
        self.setFormatter(formatter)
        self.records: list[logging.LogRecord] = []
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)
        self.lines.append(self.format(record))

    @property
    def shown(self) -> str:
        """Everything that can be read of the records."""
        return "\n".join([*self.lines, *(repr(vars(one)) for one in self.records)])
