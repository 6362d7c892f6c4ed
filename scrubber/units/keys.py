"""
Is a field sensitive by its name?

A name is read as words (`X-Api-Key`, `clientSecret`, `DB_PASSWORD1`), and the words of a key must
*end* it: the last words say what a field holds, those before only whose it is (`access_token` is a
token, `token_count` a count, `password_file` a file). A substring test, as the peers use it, flags
`tokenizer` and `author`; a test for equal words misses `dbpassword`.

Promise: the time is linear in the length of the name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Upper-case runs, capitalised words, other letters (uncased where not ASCII), digits.
_WORDS: Final = lazy_pattern(r"[A-Z]+(?![^\W\dA-Z_])|[A-Z]?[^\W\dA-Z_]+|\d+")

# The folder a process is in, and the one before: shells name them as others name a password.
_FOLDER: Final = lazy_pattern(r"(?:OLD)?PWD(?: ?\([0-9]{1,6}\))?")

# Words before a key that make it a piece of a model's text or of source code, a page of a list, or
# one more time over data: no secret.
_ORDINARY: Final[Mapping[str, frozenset[str]]] = {
    "token": words(
        """
        audio begin bos cls continuation cur curr current decoder draft encoder end eos final first
        image img input keyword label last mask masked max min next num out output pad page
        pagination patch peek per position pred predicted prev previous prompt sampled sep special
        start starting stop sub target text unk video vision wildcard word
        """
    ),
    "pass": words(
        """
        all analysis assertion aten backward band both bwd check compiler cur current custom data
        depth each eval first forward full fusion fwd graph half high hop inference is last low
        matcher max min multi next normalization num one optimization per post pre prev previous
        quantization render second shadow single third this train training transform two
        """
    ),
}

# A pin is a leg of a chip, too: it opens something alone, or behind a word for what it opens.
_OWNED: Final = frozenset({"pin"})
_NO_WORDS: Final[frozenset[str]] = frozenset()

# What people write before a key without any separator: `accesstoken`, `dbpassword`, `openaiapikey`.
_PREFIXES: Final = lazy_pattern(
    r"""
    (?: access | account | admin | api | app | atm | auth | aws | azure | bank | basic | bearer
      | bot | card | client | credit | csrf | customer | database | db | debit | default | deploy
      | dev | device | discord | email | encrypted | ftp | gcp | git | github | gitlab | google
      | hf | https? | id | internal | jwt | kafka | ldap | login | mail | master | mongo | mqtt
      | my | mysql | new | npm | oauth | old | openai | pg | phone | postgres | private | prod
      | proxy | pypi | redis | refresh | registry | root | secret | security | server | service
      | session | set | shared | sim | site | slack | sms | smtp | sql | ssh | ssl | stripe
      | sudo | super | temp | test | tls | user | vault | web | webhook | wifi | x | xsrf
    )+
    """,
    re.VERBOSE,
)
_LONGEST_PREFIX: Final = 24
"""Letters glued before a key that may be prefixes; bounded, because it is tried word by word."""

_TELLING: Final = 8
"""Letters from which a key is found at the end of any word: no other word ends in `password`."""

_LAST_DIVIDED: Final = "\u1fff"
"""The last letter of scripts that divide words. Chinese does not: what ends in a key holds it."""

_JOINABLE: Final = 5
"""Letters from which a key is found in words divided elsewhere: `pass_word`, but not `p_in`."""


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """Keys, ready to be looked up.

    Attributes:
        entities: the letters of each key, joined, and the entity of what it names.
        divided: the words of each key.
        most_letters: letters of the longest key.
    """

    entities: Mapping[str, str]
    divided: frozenset[tuple[str, ...]]
    most_letters: int

    @classmethod
    def from_rules(cls, rules: Iterable[tuple[Iterable[str], str]]) -> KeyIndex:
        """Index the keys of rules.

        Args:
            rules: the keys of each rule and its entity. Where two rules have a key, the first one
                decides; a key without letters or digits names nothing.

        Returns:
            The index.
        """
        entities: dict[str, str] = {}
        divided: set[tuple[str, ...]] = set()
        for keys, entity in rules:
            for key in keys:
                words = tuple(_words(key))
                entities.setdefault("".join(words), entity)
                divided.add(words)
        return cls(entities, frozenset(divided), max(map(len, entities), default=0))


def sensitive_key(name: str, index: KeyIndex) -> str | None:
    """Tell what a field of this name holds.

    Args:
        name: the name of a field, as written.
        index: the keys.

    Returns:
        The entity of the longest key that ends the name, or None. Numbers at the end of the name do
        not count.

    Example:
        >>> index = KeyIndex.from_rules([(["token", "api_key"], "SECRET")])
        >>> [sensitive_key(name, index) for name in ("X-Api-Key", "accesstoken2", "tokenizer")]
        ['SECRET', 'SECRET', None]
    """
    if _FOLDER.fullmatch(name):
        return None
    words = _words(name)
    end = len(words)
    while end and words[end - 1].isdigit():
        end -= 1
    # As written, without the number that tells colliding names apart, and without any number.
    for last in (len(words), max(len(words) - 1, end), end):
        found = _entity(words[:last], index)
        if found is not None:
            return found
    return None


def _words(name: str) -> list[str]:
    # NFKC: full-width letters spell the same word.
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return [word.casefold() for word in _WORDS.findall(plain)]


def _entity(words: Sequence[str], index: KeyIndex) -> str | None:
    """Find the longest key that ends the words, first at word edges, then inside the last word."""
    found = None
    joined = ""
    for start in range(len(words) - 1, -1, -1):
        joined = words[start] + joined
        if len(joined) > index.most_letters:
            break
        entity = index.entities.get(joined)
        if entity is None or _ordinary(joined, words[max(start - 1, 0) : start]):
            continue
        if len(joined) >= _JOINABLE or tuple(words[start:]) in index.divided:
            found = entity
    return found or (_glued(words[-1], index) if words else None)


def _ordinary(key: str, before: Sequence[str]) -> bool:
    """Tell whether the word before a key makes it a name of something else."""
    if key in _OWNED:
        return any(not (word.isdigit() or _prefixed(word)) for word in before)
    return not _ORDINARY.get(key, _NO_WORDS).isdisjoint(before)


def _prefixed(letters: str) -> bool:
    return _PREFIXES.fullmatch(letters[-_LONGEST_PREFIX - 1 :]) is not None


def _glued(word: str, index: KeyIndex) -> str | None:
    """Find the longest key that ends a word after letters that belong to another."""
    for size in range(min(index.most_letters, len(word) - 1), 0, -1):
        entity = index.entities.get(word[-size:])
        if entity is None:
            continue
        if size >= _TELLING or word[-size] > _LAST_DIVIDED or _prefixed(word[:-size]):
            return entity
    return None
