"""
The scrubber: a policy, rules and the names of this machine, behind the methods users call.

Promise: a method that gives text or an event gives nothing raw when something inside fails: a
marker stands for the text, a stub event for the event, and the failure is counted and logged once.
"""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any, TypeVar

from scrubber.engines import ENGINES, MUCH
from scrubber.errors import ScrubberError
from scrubber.explain import Explanation, explain
from scrubber.hook import answer
from scrubber.naming import Names
from scrubber.redact.placeholders import FAILED
from scrubber.redact.pseudonyms import OnDemand
from scrubber.redaction import Redaction, Way
from scrubber.report import Report
from scrubber.shadow import shadow_of
from scrubber.stream import BLOCK
from scrubber.validators import VALIDATORS
from scrubber.wiring import choose_policy, config_of, load_ruleset
from scrubber.wirings import Wirings

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from scrubber.identity.model import Identity
    from scrubber.ledger import Located
    from scrubber.lines import DecodedStream, LineStream
    from scrubber.ner.tagging import Tagger
    from scrubber.ruleset.model import Policy, Rule, Ruleset
    from scrubber.segments import Stages
    from scrubber.stream import Stream
    from scrubber.types import Finding
    from scrubber.wiring import Wiring

__all__ = ["ENGINES", "Redaction", "Scrubber", "warn"]

Text = TypeVar("Text", str, bytes)


class Scrubber:
    """A policy and a ruleset, ready to scrub. Safe to share between threads; picklable."""

    def __init__(  # noqa: PLR0913  # each is a choice of its own
        self,
        policy: str | Policy | None = None,
        *,
        rules: Sequence[str | os.PathLike[str]] = (),
        locales: Sequence[str] = (),
        path_mode: str | None = None,
        ner: str | None = None,
        identity: Identity | None = None,
        share_identity: bool = False,
        key: str | os.PathLike[str] | None = None,
        share_key: bool = False,
        engine: str = "auto",
        shadow: int | None = None,
        taggers: Sequence[Tagger] = (),
    ) -> None:
        """Build a scrubber; nothing of the machine is asked before its first use.

        Args:
            policy: the id of a policy, or a policy; None for the configured one, else `balanced`.
            rules: rule files besides the packaged ones; one named `pyproject.toml` is read for its
                `[tool.scrubber]`.
            locales: countries whose rules are on besides those of the policy: `["gb", "es"]`.
            path_mode: how much of a path is replaced, over the policy's: `auto`, `user`, `anchor`,
                or `full`.
            ner: where taggers look for names of people in sentences, over the policy's: `off`,
                `events`, `on`, `spacy`, `spacy:PIPELINE` or `presidio`; see `Policy.ner`.
            identity: the names of the machine, which are removed wherever they stand; None to ask
                this one at first use, `Identity.none()` for no names.
            share_identity: whether a pickle carries those names to the process that loads it, which
                looks for those of its own machine, too, unless `identity` was given. Without, that
                process asks its own machine.
            key: the file of the key behind pseudonyms, made at first use; None for the usual one.
            share_key: whether a pickle carries that key; without, who loads it reads its own file.
            engine: `auto`, `reference`, or `vector`; see `scrubber.engines`.
            shadow: one look in so many goes through both engines; 0 for none, None for what
                `SCRUBBER_SHADOW` says; see `scrubber.shadow`.
            taggers: find names of people, besides the policy's; see `scrubber.ner.tagging`.

        Raises:
            RulesetError: rule files that cannot be used, with every problem.
            ConfigError: a policy, a locale, a path mode, an engine or a shadow that cannot be.
            ModuleNotFoundError: a tagger was asked for whose package is not there.

        >>> Scrubber().scrub_text("mail jane@example.com")
        'mail [email]'
        """
        config = config_of(rules)
        ruleset = load_ruleset(config, examples=False)
        default = config.default_policy if config else ""
        chosen = choose_policy(ruleset, policy or default, locales, path_mode, ner)
        names = Names(identity, shared=share_identity)
        pseudonyms = OnDemand.at(key, shared=share_key)
        made = Wirings(ruleset, chosen, names, pseudonyms, engine, shadow_of(shadow), taggers)
        self._begin(made)

    def _begin(self, wirings: Wirings) -> None:
        self._wirings = wirings
        self._failures = 0

    def __getstate__(self) -> dict[str, Any]:
        """Carry policy, rules and the key's id, and names only if asked; the rest is built anew."""
        return {"wirings": self._wirings}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Build everything else anew."""
        self._begin(state["wirings"])

    def __copy__(self) -> Scrubber:
        """Give one with the same names and key, since it stays in this process."""
        other = object.__new__(type(self))
        other._begin(copy(self._wirings))
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> Scrubber:
        """As a plain copy: nothing of it changes."""
        return self.__copy__()

    def for_workers(self) -> Scrubber:
        """Give one whose pickle carries names, folders and key: who loads it asks for nothing."""
        other = object.__new__(type(self))
        other._begin(self._wirings.for_workers())
        return other

    def for_looking(self) -> Scrubber:
        """Give one that finds the same and makes no file of a key; its own may be forgotten."""
        other = object.__new__(type(self))
        other._begin(self._wirings.for_looking())
        return other

    def __repr__(self) -> str:
        """Say which policy and how many rules; nothing else."""
        rules = self.ruleset.rules_for(self.policy)
        return f"Scrubber(policy={self.policy.id!r}, rules={len(rules)})"

    @property
    def ruleset(self) -> Ruleset:
        """All rules and policies it was built with; packaged rules may lack their examples."""
        return self._wirings.ruleset

    @property
    def policy(self) -> Policy:
        """What it looks for, and what becomes of it."""
        return self._wirings.policy

    @property
    def failures(self) -> int:
        """How many units were replaced by a marker or a stub since this scrubber was built."""
        return self._failures

    @property
    def differences(self) -> int:
        """How often the engines differed, as far as `shadow` had them compared."""
        shadow = self._wirings.shadow
        return shadow.tally.differences if shadow else 0

    @property
    def identity(self) -> Identity:
        """The names this scrubber removes wherever they stand; asked of the machine at first use.

        Its `repr` shows kinds and counts only.
        """
        with self._wirings.lock.held():
            return self._wirings.names()

    def warm(self) -> None:
        """Do ahead what is otherwise done at first use.

        Asks the machine for its names, anew where that was done before, and compiles every pattern.
        """
        tuple(VALIDATORS.values())  # loaded while files can be opened, which a crash may end
        self._wirings.anew()
        self.redact("warm\n")
        self.scrub({"message": "warm"})

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run on text: those of files, and those made of this machine's names.

        The latter have the family `identity`; their patterns are the names, so show none of them.
        """
        return tuple(one.rule for one in self._wirings.text.stages.detectors)

    def scrub_text(self, text: Text) -> Text:
        """Scrub a text.

        Args:
            text: `str` or `bytes`; bytes are read as UTF-8, other bytes are kept.

        Returns:
            The scrubbed text, of the same kind.

        Raises:
            TypeError: it is neither.
        """
        try:
            if text.__class__ is str and self._clean(text):
                return text
        except Exception:  # noqa: BLE001, S110  # it is looked at as ever
            pass
        if isinstance(text, bytes):
            raw = text.decode("utf-8", "surrogateescape")
            return self.redact(raw).text.encode("utf-8", "surrogateescape")
        return self.redact(text).text

    def _clean(self, text: str) -> bool:
        """Tell whether a text is proven to hold nothing, by what is wired by now."""
        wiring = self._wirings.ready
        return wiring is not None and wiring.sieve is not None and wiring.sieve.clean(text)

    def scrub_many(self, texts: Iterable[Text]) -> list[Text]:
        """Scrub many texts at once; the same results as one by one.

        Args:
            texts: unrelated texts.

        Returns:
            The scrubbed texts, in order.

        Raises:
            TypeError: one of them is neither `str` nor `bytes`.
        """
        found = list(texts)
        suspects: Sequence[int] = range(len(found))
        with suppress(Exception):  # they are looked at as ever
            suspects = self._suspects(found)
        done: dict[Text, Text] = {}
        for place in suspects:
            text = found[place]
            if text not in done:
                done[text] = self.scrub_text(text)
            found[place] = done[text]
        return found

    def _suspects(self, texts: list[Any]) -> Sequence[int]:
        """Give the places of texts that may hold something."""
        if set(map(type, texts)) == {str}:
            self._wirings.expect(sum(map(len, texts)))
            sieve = self._wirings.text.sieve
            if sieve is not None:
                return sieve.suspects(texts)
        return range(len(texts))

    def suspects(self, data: bytes) -> list[int] | None:
        r"""Tell in which lines something may be found.

        Args:
            data: at most 64 MiB of UTF-8, lines ended by `\n`.

        Returns:
            Sorted offsets, in bytes, of where those lines begin; every other line is proven to hold
            nothing, by itself. None where nothing is proven: look at all of them.
        """
        with suppress(Exception):
            self._wirings.expect(len(data))
            sieve = self._wirings.text.sieve
            return None if sieve is None else sieve.suspect_lines(data)
        return None

    def redact(self, text: str) -> Redaction:
        """Scrub a text and count what was found.

        Args:
            text: any string.

        Returns:
            The redacted text and its report.

        Raises:
            TypeError: it is not a string.
        """
        if not isinstance(text, str):
            msg = f"text must be str, not {type(text).__name__}"
            raise TypeError(msg)
        return self._redact(text, lambda: self._wirings.text)

    def _redact(
        self, text: str, wiring: Callable[[], Wiring], stages: Stages | None = None
    ) -> Redaction:
        try:
            # Not `str(text)`, which a subclass may have made its own: of an `Enum` it is the name.
            redacted = Way(wiring(), self._note_failure, stages).redact(str.__str__(text))
        except Exception:  # noqa: BLE001  # promise 1
            self._note_failure("text")
            return Redaction(FAILED, Report(failures=1))
        with suppress(Exception):  # the engine stays as it is
            self._wirings.note(len(text))
        return redacted

    def scan(self, text: str) -> list[Finding]:
        """Find what would be redacted.

        Args:
            text: any string.

        Returns:
            Disjoint findings in order, half-open code points, without text.

        Raises:
            ScrubberError: something inside failed.
        """
        located: list[Located] = []
        stream = self.stream(on_finding=located.append)
        stream.feed(text)
        stream.finish()
        if stream.report.failures:
            msg = "the text could not be scanned"
            raise ScrubberError(msg)
        return sorted(one.finding for one in located)

    def stream(
        self, *, block: int = BLOCK, on_finding: Callable[[Located], None] | None = None
    ) -> Stream:
        """Begin a document that comes piece by piece.

        Args:
            block: how many code points are looked at in one piece.
            on_finding: called with each finding.

        Returns:
            The stream: `feed` it, then `finish` it.
        """
        way = Way(self._wirings.text, self._note_failure)
        return way.stream(block=block, on_finding=on_finding)

    def byte_stream(self, *, size: int = MUCH) -> LineStream | DecodedStream:
        """Begin a document of bytes that comes piece by piece: UTF-8, other bytes are kept.

        Args:
            size: how many bytes will come, as far as is known: for few the engine is not made.

        Returns:
            The stream: `feed` it, then `finish` it. The fastest way where most lines are clean.
        """
        self._wirings.expect(size)
        return Way(self._wirings.text, self._note_failure).byte_stream()

    def explain(self, text: str) -> list[Explanation]:
        """Tell of every candidate in a text which rule saw it and why it is, or is not, a finding.

        Args:
            text: any string.

        Returns:
            Candidates in order of their place, without text.
        """
        return explain(self._wirings.text.stages.detectors, text, self.scan(text))

    def scrub(
        self,
        event: Any,  # noqa: ANN401  # the JSON border
        hint: Any = None,  # noqa: ANN401
        *,
        kind: str | None = None,
    ) -> dict[str, Any] | None:
        """Scrub a Sentry event, or what else an SDK sends: a hook for `before_send` and its kin.

        Args:
            event: the event.
            hint: what the SDK knows about it; attachments in it are scrubbed in place.
            kind: what the event is: `event`, `transaction`, `breadcrumb`, `span`, `log`, `metric`,
                `check_in`, `session`, `sessions`, `profile`, `profile_chunk`, `feedback`,
                `user_report`, `client_report` or `replay_event`; None where its fields tell.

        Returns:
            A new, scrubbed event. When anything fails, less: an event of what is known by its place
            and of the paths of its code, with a tag `scrubber.fallback`; None where that cannot be
            made, or `SCRUBBER_DISABLE` is set: a disabled scrubber drops and never passes through.
        """
        try:
            return answer(event, hint, kind, self._wirings, self, self._note_failure)
        except Exception:  # noqa: BLE001  # promise 1: at the end of Python's stack even that may fail
            return None

    def _note_failure(self, what: str) -> None:
        first = False
        with suppress(Exception), self._wirings.lock.held():  # what stands for it is sent anyway
            self._failures += 1
            first = self._failures == 1
        if first:
            told = "sent a marker instead; Scrubber.failures counts further ones"
            warn(f"crashscrub could not scrub a unit ({what}) and {told}")


def warn(message: str) -> None:
    """Log a warning; a handler or filter that fails must not decide what is sent."""
    with suppress(Exception):
        import logging  # takes some milliseconds, which most programs have paid

        logging.getLogger("scrubber").warning(message)
