"""
The page of entities, made from the rules: `python -m tests.entities_page` writes it.

What the rules say (entities, families, counts, countries) is read from them. Only the names of
countries stand here; an entity is told by its phrase, and a family by the first sentence of its
file.

Promise: an entity, a family or a country that nothing here can name is a KeyError, never a gap.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber import Scrubber
from scrubber.adoption.phrases import phrase
from scrubber.redact.placeholders import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.ruleset.model import Policy, Rule, Ruleset

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "reference" / "entities.md"
COMMAND: Final = "python -m tests.entities_page"

COUNTRIES: Final = {
    "ar": "Argentina",
    "at": "Austria",
    "au": "Australia",
    "be": "Belgium",
    "bg": "Bulgaria",
    "br": "Brazil",
    "ca": "Canada",
    "ch": "Switzerland",
    "cl": "Chile",
    "cn": "China",
    "cz": "Czechia",
    "de": "Germany",
    "dk": "Denmark",
    "ee": "Estonia",
    "es": "Spain",
    "fi": "Finland",
    "fr": "France",
    "gb": "United Kingdom",
    "hr": "Croatia",
    "ie": "Ireland",
    "il": "Israel",
    "in": "India",
    "it": "Italy",
    "jp": "Japan",
    "kr": "Korea",
    "lt": "Lithuania",
    "mx": "Mexico",
    "nl": "Netherlands",
    "no": "Norway",
    "nz": "New Zealand",
    "pl": "Poland",
    "pt": "Portugal",
    "ro": "Romania",
    "se": "Sweden",
    "sg": "Singapore",
    "sk": "Slovakia",
    "th": "Thailand",
    "tr": "Turkey",
    "tw": "Taiwan",
    "us": "United States",
    "za": "South Africa",
}

HEAD: Final = f"""\
# What is found: entities, families, countries

`{COMMAND}` writes this page from the rules, and a test compares it with them.

An *entity* says what a finding is. `scrubber scan` prints it, a policy can exclude it or give it an
operator of its own, and its placeholder stands where it was. Some placeholders say more:
`[image/png 640x480]`, `[ndarray uint8 480x640x3]`, `[dataframe 5x3]`. In JSON a number becomes `0`,
since a placeholder would break the document.

Rules that are off under `balanced` are off for one of two reasons. They belong to a country, and
nobody asked for it ([how to ask](../how-to/locales.md)). Or they are doubtful, and only `strict`
keeps them.

`scrubber rules list` names every rule that is on. `scrubber rules show ID` shows all of one.
"""


def page() -> str:
    """Return the page as the packaged rules have it.

    Returns:
        Markdown.
    """
    scrubber = Scrubber("balanced")
    ruleset, policy = scrubber.ruleset, scrubber.policy
    everywhere = [rule for rule in ruleset.rules if not rule.locales]
    national = [rule for rule in ruleset.rules if rule.locales]
    total, on = len(ruleset.rules), len(ruleset.rules_for(policy))
    return "\n".join(
        [
            HEAD,
            "## Entities\n",
            *_table(("entity", "placeholder", "what is found", "families"), _entities(everywhere)),
            "",
            "These are looked for only under a locale.\n",
            *_table(("entity", "placeholder", "what is found", "locales"), _national(national)),
            "",
            "## Families\n",
            f"{total} rules in {len(_by_family(ruleset))} files; {on} are on under `balanced`.\n",
            *_table(("family", "rules", "on", "what they cover"), _families(ruleset, policy)),
            "",
            "## Locales\n",
            *_table(("locale", "country", "entities"), _locales(national)),
            "",
        ]
    )


def _entities(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    families: dict[str, set[str]] = {}
    for rule in rules:
        families.setdefault(rule.entity, set()).add(_family(rule))
    for entity, names in sorted(families.items()):
        linked = ", ".join(f"`{name}`" for name in sorted(names))
        yield f"`{entity}`", f"`{placeholder(entity)}`", phrase(entity), linked


def _national(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    first: dict[str, Rule] = {}
    for rule in rules:
        first.setdefault(rule.entity, rule)
    for entity, rule in sorted(first.items()):
        locales = ", ".join(f"`{one}`" for one in rule.locales)
        yield f"`{entity}`", f"`{placeholder(entity)}`", phrase(entity, [rule]), locales


def _families(ruleset: Ruleset, policy: Policy) -> Iterator[tuple[str, ...]]:
    on = {rule.id for one in (policy, policy.in_events()) for rule in ruleset.rules_for(one)}
    for name, rules in sorted(_by_family(ruleset).items()):
        link = f"[`{name}`](../../rules/{name}.toml)"
        kept = sum(rule.id in on for rule in rules)
        yield link, str(len(rules)), str(kept), _covers(name)


def _locales(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    entities: dict[str, set[str]] = {}
    for rule in rules:
        for locale in rule.locales:
            entities.setdefault(locale, set()).add(rule.entity)
    for locale, names in sorted(entities.items()):
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        yield f"`{locale}`", COUNTRIES[locale], listed


def _covers(family: str) -> str:
    """Return the first sentence of a rule file, without its examples."""
    lines = (ROOT / "rules" / f"{family}.toml").read_text("utf-8").splitlines()
    paragraph: list[str] = []
    for line in lines:
        if not line.startswith("# "):
            break
        paragraph.append(line.removeprefix("# "))
    if not paragraph:
        raise KeyError(family)
    return " ".join(paragraph).split(". ")[0].removesuffix(".").replace("|", r"\|")


def _by_family(ruleset: Ruleset) -> dict[str, list[Rule]]:
    families: dict[str, list[Rule]] = {}
    for rule in ruleset.rules:
        families.setdefault(_family(rule), []).append(rule)
    return families


def _family(rule: Rule) -> str:
    return rule.id.partition(".")[0]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
