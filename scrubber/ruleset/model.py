"""
What a rule, a policy and a ruleset are, once they are built and valid.

Data only: nothing here reads a file or runs a pattern. Every value is frozen, so a ruleset can be
shared between threads and sent to another process.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

OPERATORS: Final = ("replace", "mask", "remove", "hash", "pseudonym", "surrogate")
_KEYED: Final = frozenset({"pseudonym", "surrogate"})
UNHASHED: Final = frozenset({"SECRET"})
"""Entities `hash` leaves a plain placeholder for: who knows the salt could guess a password."""
SHORTEST_SALT: Final = 16
"""Code points of the shortest salt of `hash`."""
PATH_MODES: Final = ("auto", "user", "anchor", "full")
PIECES: Final = ("path",)
"""How the match of a rule may be cut into pieces, some of which are replaced."""


@dataclass(frozen=True, slots=True)
class Blob:
    """How a match runs on without bound: while `step` matches, up to and including `end`.

    Attributes:
        step: one step of the continuation, a printed pattern of bounded width.
        end: what closes the blob, a printed pattern, or "" when it ends where `step` no longer
            matches.
        reach: how many characters `step` or `end` may look at, in code points.
    """

    step: str
    end: str
    reach: int


@dataclass(frozen=True, slots=True)
class Context:
    """Words near a match that raise its confidence, or that it needs.

    Attributes:
        words: words looked for, case-insensitive, token-bounded.
        window: how far from the match on its line, in code points.
        boost: added to the confidence when a word is there.
        required: without a word there is no match.
    """

    words: tuple[str, ...]
    window: int = 40
    boost: float = 0.0
    required: bool = False

    def boosted(self, confidence: float) -> float:
        """Give a confidence with the boost added: at most 1, and 0.7 and 0.1 are 0.8."""
        return min(1.0, round(confidence + self.boost, 6))


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the exact spans that must be found in it: half-open, code points.

    Attributes:
        text: the text without the `« »` marks, fills expanded.
        spans: what must be found, in order; empty for a negative.
    """

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, built and valid.

    Attributes:
        id: `family.name`.
        entity: what a match is, `UPPER_SNAKE`.
        description: one sentence for people.
        pattern: the printed pattern, the one that is compiled.
        confidence: 0 to 1.
        has_value: the pattern has the group `value`, which is the span.
        validators: names of checks the matched text must pass.
        context: words around, or None.
        keys: field names that make a value sensitive whatever it looks like.
        multiline: the pattern may consume a newline.
        width: the most code points one match may consume, blob apart.
        reach_back: how far look-behinds look, in code points.
        reach_ahead: how far look-aheads look past a match, in code points.
        blob: how a match runs on, or None.
        needs: sets of words, folded; a text that folded lacks all words of a set has no match.
        run: every match has an unbroken run of at least as many letters, digits, `_` and `-`.
        references: where the format is described.
        locales: countries it belongs to; empty for all.
        match: texts with what must be found in them.
        no_match: texts in which nothing must be found.
        source: the file it was read from.
        path_modes: it is on in these path modes only; empty for all.
        pieces: how its match is cut into what is replaced and what stays, or "".
        spread: a name it finds in a crash event is removed everywhere in that event.
    """

    id: str
    entity: str
    description: str
    # Not in a `repr`: of the names of this machine, both are the names.
    pattern: str = field(repr=False)
    confidence: float
    has_value: bool
    validators: tuple[str, ...]
    context: Context | None
    keys: tuple[str, ...]
    multiline: bool
    width: int
    reach_back: int
    reach_ahead: int
    blob: Blob | None
    needs: tuple[tuple[str, ...], ...] = field(repr=False)
    run: int
    references: tuple[str, ...]
    locales: tuple[str, ...]
    match: tuple[Example, ...]
    no_match: tuple[str, ...]
    source: str
    path_modes: tuple[str, ...] = ()
    pieces: str = ""
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding to leave alone: its whole text is `value`, or matches `pattern` from end to end.

    Attributes:
        value: the exact text, or "".
        pattern: a printed pattern that must match the whole text, or "".
        entity: only for this entity; "" for all.
        rule_id: only for this rule; "" for all.
    """

    value: str = ""
    pattern: str = ""
    entity: str = ""
    rule_id: str = ""


def hash_problem(operator: str, operators: Mapping[str, str], salt: str) -> str:
    """Say why `hash` cannot be used as a policy asks for it.

    Args:
        operator: the operator of all entities.
        operators: those of single entities.
        salt: what `hash` is keyed by.

    Returns:
        The reason, or "" when there is none.
    """
    for entity in sorted(UNHASHED):
        if operators.get(entity) == "hash":
            return f"operators.{entity}: a hash could be guessed; use pseudonym or replace"
    if "hash" in (operator, *operators.values()) and len(salt.strip()) < SHORTEST_SALT:
        return f"the operator hash needs hash_salt, a text of {SHORTEST_SALT} characters or more"
    return ""


def ner_problem(ner: str) -> str:
    """Say why a value of `ner` cannot be one, or ""."""
    word, colon, name = str(ner).partition(":")
    if word in NER and (not colon or (word == "spacy" and name)):
        return ""
    return f"ner is one of: {', '.join(NER)}, spacy:PIPELINE"


ATTACHMENTS: Final = ("drop", "keep")
"""What may become of files that are neither text nor images."""
NER: Final = ("off", "events", "on", "spacy", "presidio")
"""Where names of people are looked for by taggers, and by which."""
UNREACHED: Final = ("keep", "blank")
"""What may become of words like names in what taggers did not reach."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which entities are looked for and what happens to them.

    Attributes:
        id: `fast`, `balanced`, `strict` or a user's own.
        description: one sentence for people.
        min_confidence: findings below are left alone.
        entities: entities looked for; empty for all.
        exclude: entities left alone.
        operator: what happens to a finding: `replace`, `mask`, `remove`, `hash`, `pseudonym` or
            `surrogate`.
        operators: operators for single entities, over `operator`.
        keep_last: how many characters `mask` leaves at the end.
        hash_salt: what `hash` is keyed by, 16 characters or more; whoever knows it can guess.
        path_mode: how much of a path is replaced: `user` (the person's segment), `anchor` (what
            no debugger needs), `full`, or `auto`: `anchor` in events, `user` elsewhere.
        locales: countries whose rules are on besides the general ones.
        timeout: the clock's last fuse for one rule on one block, in seconds; 0 for none.
        remarks: whether an event tells, under `_meta`, by which rule it was changed where.
        remark_lengths: whether it tells the length of what was there, too.
        attachments: what becomes of files of an event that are neither text nor images: `drop`, or
            `keep`.
        ner: where names of people in free text are looked for: `off`; `events`, in what events say
            in sentences; `on`, everywhere; `spacy` or `spacy:PIPELINE`, and `presidio`, everywhere
            and by these, too.
        ner_entities: what taggers look for; all but `PERSON` has to be asked for.
        ner_budget: lines of an event that taggers look at, the most telling texts first.
        ner_unreached: what becomes of words like names in what is beyond that: `keep`, or `blank`.
    """

    id: str
    description: str = ""
    min_confidence: float = 0.5
    entities: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    operator: str = "replace"
    operators: Mapping[str, str] = field(default_factory=dict)
    keep_last: int = 0
    hash_salt: str = field(default="", repr=False)
    path_mode: str = "auto"
    locales: tuple[str, ...] = ()
    timeout: float = 0.0
    remarks: bool = True
    remark_lengths: bool = False
    attachments: str = "drop"
    ner: str = "events"
    ner_entities: tuple[str, ...] = ("PERSON",)
    ner_budget: int = 256
    ner_unreached: str = "keep"

    def __post_init__(self) -> None:
        """Refuse what would find nothing, leave paths as they are, or write what can be undone.

        Raises:
            ConfigError: a value that its key cannot have; `hash` without a salt, or for secrets.
        """
        problem = self._problem()
        if problem:
            msg = f"policy {self.id}: {problem}"
            raise ConfigError(msg)

    def _problem(self) -> str:
        """Say what is wrong, or ""; entities and countries are known to a ruleset only."""
        chosen = (self.operator, *self.operators.values())
        if not set(chosen) <= set(OPERATORS):
            return f"operators are: {', '.join(OPERATORS)}"
        if self.path_mode not in PATH_MODES:
            return f"path_mode is one of: {', '.join(PATH_MODES)}"
        if self.attachments not in ATTACHMENTS:
            return f"attachments is one of: {', '.join(ATTACHMENTS)}"
        if not 0.0 <= self.min_confidence <= 1.0:  # nor what is no number
            return "min_confidence is a number from 0 to 1"
        # A single text would be read as its letters, and nothing has the entity `E`.
        if any(
            isinstance(names, str)
            for names in (self.entities, self.exclude, self.locales, self.ner_entities)
        ):
            return "entities, exclude, locales and ner_entities are tuples of texts"
        return self._ner_problem() or hash_problem(self.operator, self.operators, self.hash_salt)

    def _ner_problem(self) -> str:
        """Say what is wrong with what is asked of taggers, or ""."""
        if self.ner_unreached not in UNREACHED:
            return f"ner_unreached is one of: {', '.join(UNREACHED)}"
        if self.ner_budget.__class__ is not int or self.ner_budget < 0:
            return "ner_budget is a whole number of lines"
        return ner_problem(self.ner)

    def wants(self, rule: Rule) -> bool:
        """Tell whether a rule can give a finding under this policy."""
        best = rule.context.boosted(rule.confidence) if rule.context else rule.confidence
        return (
            best >= self.min_confidence
            and (not self.entities or rule.entity in self.entities)
            and rule.entity not in self.exclude
            and (not rule.locales or not set(rule.locales).isdisjoint(self.locales))
            and (not rule.path_modes or self.path_mode in rule.path_modes)
        )

    def in_events(self) -> Policy:
        """Give the policy as it holds for the strings of a crash event."""
        return replace(self, path_mode="anchor") if self.path_mode == "auto" else self

    @property
    def tagged(self) -> frozenset[str]:
        """The entities that taggers look for, of those that are looked for at all."""
        if self.ner == "off":
            return frozenset()
        asked = frozenset(self.ner_entities).difference(self.exclude)
        return asked.intersection(self.entities) if self.entities else asked

    @property
    def tags_everything(self) -> bool:
        """Whether taggers look at every text, and not only at what events say in sentences."""
        return self.ner != "events" and bool(self.tagged)

    @property
    def needs_packages(self) -> bool:
        """Whether it asks for a tagger of another package."""
        return self.ner not in {"off", "events", "on"} and bool(self.tagged)

    @property
    def needs_key(self) -> bool:
        """Whether some of what it writes comes from the key of this installation."""
        return not _KEYED.isdisjoint((self.operator, *self.operators.values()))

    def operator_for(self, entity: str) -> str:
        """Give the operator of an entity."""
        return self.operators.get(entity, self.operator)


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules, policies and what to leave alone, in a fixed order.

    Attributes:
        rules: sorted by id.
        policies: by id.
        allowed: findings to leave alone.
    """

    rules: tuple[Rule, ...]
    policies: Mapping[str, Policy]
    allowed: tuple[Allowed, ...] = ()

    def portable(self) -> Ruleset:
        """Give the ruleset as another process needs it.

        Without the folders its files lie in, which may name their owner, and without examples.
        """
        rules = tuple(
            replace(
                rule,
                source=rule.source.replace("\\", "/").rpartition("/")[2],
                match=(),
                no_match=(),
            )
            for rule in self.rules
        )
        return replace(self, rules=rules)

    def rules_for(self, policy: Policy) -> tuple[Rule, ...]:
        """Give the rules that can find something under a policy."""
        return tuple(rule for rule in self.rules if policy.wants(rule))
