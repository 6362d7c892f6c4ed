"""
What a scrubber is made of: its rules chosen, its names known, its stages wired.

A scrubber has up to two wirings, because paths in the strings of an event are treated otherwise
than in a log: one for text, one for events. Both are made at first use, so that building a scrubber
asks the machine for nothing.

Promise: what is wired here is all that decides what is found and what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.detect import reference
from scrubber.detect.confirm import Detector
from scrubber.detect.gate import Gated
from scrubber.detect.sieve import Sieve
from scrubber.detect.vector import Screened
from scrubber.errors import ConfigError
from scrubber.reach import Reach
from scrubber.redact.paths import Canonicalizer
from scrubber.redact.placeholders import WORDS, Grammar
from scrubber.ruleset import packed
from scrubber.ruleset.locate import policy_files, rule_files, rules_dir
from scrubber.ruleset.model import PATH_MODES, Policy, Rule, Ruleset
from scrubber.segments import Stages
from scrubber.units.keys import KeyIndex, sensitive_key
from scrubber.validators import VALIDATORS
from scrubber.validators.labels import LABELLERS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from scrubber.engines import Compiled
    from scrubber.identity.roots import Roots
    from scrubber.ner.people import People
    from scrubber.redact.operators import Operators
    from scrubber.ruleset.config import Config
    from scrubber.shadow import Shadow

DEFAULT_POLICY: Final = "balanced"


def config_of(rules: Sequence[str | os.PathLike[str]]) -> Config | None:
    """Read a user's configuration, if there is any; what reads it is loaded then only."""
    if not rules:
        return None
    from scrubber.ruleset.config import read_config

    return read_config([Path(path) for path in rules])


def _nobody() -> None:
    """Find no names of people."""


@dataclass(frozen=True)
class Wiring:
    """The stages of a scrubber, and what it looks up beside them.

    Attributes:
        stages: what happens to a segment.
        reach: how far its rules look.
        sensitive: the rule that makes what stands under a key of this name sensitive, or None.
        key_entities: the entity of each such rule.
        tellers: its rules that tell names to spread in an event.
        sieve: tells what is proven to hold nothing, where the engine can.
        bare: the stages without taggers.
        people: gives what finds names of people in sentences, or None where nobody asks for them.
        everywhere: whether it looks at every text; else at what events say in sentences.
        shadow: compares engines on a sample, where that was asked for.
    """

    stages: Stages
    reach: Reach
    sensitive: Callable[[str], str | None]
    key_entities: dict[str, str]
    tellers: Gated
    sieve: Sieve | None = None
    shadow: Shadow | None = None
    bare: Stages | None = None
    people: Callable[[], People | None] = _nobody
    everywhere: bool = False

    @cached_property
    def in_sentences(self) -> Stages:
        """What happens to a text of an event that is written in sentences."""
        people = None if self.everywhere else self.people()
        return self.stages if people is None else self.stages.beside(people.find)

    def sampled(self) -> Wiring:
        """Give the wiring for the next look: in shadow mode, for one in so many, both engines."""
        if self.shadow is None or not self.shadow.due():
            return self
        sieve, shadow = self.sieve, self.shadow
        return replace(
            self,
            stages=self.through_both(),
            bare=shadow.stages(self.bare or self.stages),
            sieve=shadow.sieve(sieve, self.stages.detectors) if sieve else None,
            shadow=shadow.always(),
        )

    def through_both(self) -> Stages:
        """Give the stages with rules run by both engines, where a shadow compares them."""
        stages = self.bare or self.stages
        if self.shadow is not None:
            stages = self.shadow.stages(stages)
        people = self.people() if self.everywhere else None
        return stages if people is None else stages.beside(people.find)

    @classmethod
    def of(  # noqa: PLR0913  # each is a choice of its own
        cls,
        ruleset: Ruleset,
        operators: Operators,
        *,
        known: Sequence[Rule] = (),
        roots: Roots | None = None,
        compiled: Compiled | None = None,
        people: Callable[[], People | None] = _nobody,
        everywhere: bool = False,
    ) -> Wiring:
        """Wire a ruleset under a policy.

        Args:
            ruleset: the rules to choose from.
            operators: what happens to findings, and the policy.
            known: rules for the names of this machine.
            roots: known folders of this machine.
            compiled: scans for the rules, where the engine does.
            people: gives what finds names of people, where that is asked for.
            everywhere: whether it looks at every text; else at what events say in sentences.

        Returns:
            The wiring.
        """
        policy = operators.policy
        rules = ruleset.rules_for(policy)
        chosen = (*rules, *(rule for rule in known if policy.wants(rule)))
        finder = people() if everywhere else None
        also = None if finder is None else finder.may
        screen = compiled.screen(chosen, known, also) if compiled else None
        keys = KeyIndex.from_rules([(one.keys, one.id) for one in rules if one.keys])
        gather = partial(Screened.of, screen=screen) if screen else Gated
        bare = wire(chosen, operators, ruleset, roots=roots, gather=gather, entities=policy.tagged)
        stages = bare if finder is None else bare.beside(finder.find)
        return cls(
            stages,
            Reach.of(stages.detectors),
            # Programs have few names, and each event has them again.
            lru_cache(maxsize=4096)(partial(sensitive_key, index=keys)),
            {rule.id: rule.entity for rule in rules if rule.keys},
            gather(one for one in stages.detectors if one.rule.spread),
            Sieve(screen) if screen else None,
            bare=bare,
            people=people,
            everywhere=finder is not None,
        )


def wire(  # noqa: PLR0913  # as above
    rules: Iterable[Rule],
    operators: Operators,
    ruleset: Ruleset,
    *,
    roots: Roots | None = None,
    gather: Callable[[Iterable[Detector]], Gated] = Gated,
    entities: Iterable[str] = (),
) -> Stages:
    """Wire the stages of a scrubber.

    Args:
        rules: the rules to run.
        operators: what happens to findings, and the policy.
        ruleset: whose findings to leave alone, and whose entities have placeholders.
        roots: known folders, for rules that cut paths.
        gather: puts detectors together, so that they know which of them a text may concern.
        entities: what taggers find, whose placeholders are known as those of rules are.

    Returns:
        The stages.
    """
    policy = operators.policy
    canonical = Canonicalizer(roots, whole=policy.path_mode == "full")
    cutters = {"path": canonical.pieces}
    detectors = [
        Detector(
            rule,
            VALIDATORS,
            LABELLERS.get(rule.entity),
            tuple(
                one
                for one in ruleset.allowed
                if one.entity in ("", rule.entity) and one.rule_id in ("", rule.id)
            ),
            policy.min_confidence,
            policy.timeout,
            cutters.get(rule.pieces),
        )
        for rule in rules
    ]
    return Stages(
        gather(one for one in detectors if not one.rule.multiline),
        gather(one for one in detectors if one.rule.multiline),
        reference.find,
        Grammar({*(rule.entity for rule in ruleset.rules), *entities}),
        operators,
    )


def load_ruleset(config: Config | None = None, *, examples: bool = True) -> Ruleset:
    """Load the packaged rules and policies, and a user's.

    Args:
        config: the user's configuration, or None.
        examples: whether packaged rules are to have their examples; without, they may.

    Returns:
        The ruleset.

    Raises:
        RulesetError: with every problem of every file.
    """
    folder = rules_dir()
    if config is None or not (config.documents or config.problems):
        found = packed.load(folder, examples=examples)
        if found is not None:
            return found
    # Here and not above: a start that finds the file needs nothing that builds rules.
    from scrubber.ruleset import prebuilt
    from scrubber.ruleset.load import build_ruleset, read_documents

    documents, problems = read_documents(rule_files(folder), policy_files(folder), packaged=True)
    return build_ruleset(
        (*documents, *(config.documents if config else ())),
        validators=VALIDATORS,
        problems=(*problems, *(config.problems if config else ())),
        prebuilt=prebuilt.load(folder),
    )


def _refuse_unknown(policy: Policy, ruleset: Ruleset) -> None:
    """Refuse a policy of entities no rule has: it would find nothing, and nobody would know."""
    known = {rule.entity for rule in ruleset.rules} | set(WORDS)
    for name in (*policy.entities, *policy.exclude, *policy.operators):
        if name not in known:
            msg = f"policy {policy.id}: no rule has the entity {name}"
            raise ConfigError(msg)


def choose_policy(
    ruleset: Ruleset,
    policy: str | Policy | None,
    locales: Sequence[str] = (),
    path_mode: str | None = None,
    ner: str | None = None,
) -> Policy:
    """Choose a policy, and change what is asked for besides.

    Args:
        ruleset: whose policies there are.
        policy: the id of one, one as a value, or None for `balanced`.
        locales: countries whose rules are on, too, in ISO 3166's letters, lower case.
        path_mode: how much of a path is replaced; None as the policy says.
        ner: where taggers look for names of people, and which; None as the policy says.

    Returns:
        The policy.

    Raises:
        ConfigError: there is no such policy or path mode, no rule belongs to such a country, or a
            policy given as a value names an entity that no rule has.
    """
    if not isinstance(policy, Policy):
        name = policy or DEFAULT_POLICY
        if name not in ruleset.policies:
            msg = f"unknown policy {name!r}; known: {', '.join(sorted(ruleset.policies))}"
            raise ConfigError(msg)
        policy = ruleset.policies[name]
    else:
        _refuse_unknown(policy, ruleset)
    if path_mode is not None:
        if path_mode not in PATH_MODES:
            msg = f"unknown path mode {path_mode!r}; known: {', '.join(PATH_MODES)}"
            raise ConfigError(msg)
        policy = replace(policy, path_mode=path_mode)
    if ner is not None:
        policy = replace(policy, ner=ner)
    if not locales:
        return policy
    known = {name for rule in ruleset.rules for name in rule.locales}
    for name in locales:
        if name not in known:
            msg = f"unknown locale {name!r}; known: {', '.join(sorted(known))}"
            raise ConfigError(msg)
    return replace(policy, locales=tuple(dict.fromkeys((*policy.locales, *locales))))
