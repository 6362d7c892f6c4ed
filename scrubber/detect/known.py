r"""
The names of this machine as rules: what nobody can guess, but its owner's process knows.

A pattern cannot tell that `qwz7` is an account; the process can ask. So each kind of name becomes
rules like any other, which run on every decoded view and whose lines are found by their words. What
a name may do depends on how much it looks like one (its *tier*): one that is no word goes wherever
it stands (`bare`), a short one where accounts and hosts stand (`anchored`: in a path, before `@`,
behind `user=`, in a URL), and a word only where nothing else can be meant (`word`).

Base64 has no separators, and the views read only what looks like text; there a name is looked for
by the characters it leaves at each of the three offsets.

Promise: nothing here is written, printed or kept beyond the rules; their descriptions name kinds
only.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from scrubber.identity.tiers import tier
from scrubber.ruleset.direct import direct_rule
from scrubber.validators.account import personal_account
from scrubber.validators.technical import technical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.identity.model import Identity
    from scrubber.ruleset.model import Rule

LEAST_ENCODED: Final = 6
"""Bytes of the shortest name that is looked for inside base64."""

_MOST_ENCODED: Final = 96
"""Bytes of a name from which its base64 is taken; what is longer begins with them."""

LONGEST_NAME: Final = 320
"""Characters of the longest name, that of an e-mail address (RFC 5321, section 4.5.3.1)."""

LONGEST_SECRET: Final = 4096
"""Characters of the longest secret; a home directory may be as long."""

_SHORTEST: Final = 2
_RUN: Final = 64
_BYTES_IN_GROUP: Final = 3
_BITS: Final = 6

# A token begins where no letter stands before it, but behind the letter of an escape; unlike in
# rules of files it may begin with that letter, too: `C:\\nadia77` is no line feed. It ends where no
# letter follows, or where camelCase goes on with a capital.
_GERMAN: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_LETTER: Final = r"[A-Za-z0-9\xC0-\u024F]"
_AFTER: Final = rf"(?:(?<!{_LETTER})|(?<=\\[nrtbfv0a]))"
_LEFT: Final = rf"(?:{_AFTER}|(?<=[a-z])(?=[A-Z]))"
_RIGHT: Final = rf"(?:(?!{_LETTER})|(?<=[a-z0-9])(?=[A-Z]))"
_CLOSED: Final = rf"(?!{_LETTER})"

_IN_PATH: Final = r"(?<=[/\\~][A-Za-z0-9_.\-\x20]{0,48})"
_USER_KEY: Final = (
    r"(?i:user|user[_\-]?name|user[_\-]?id|usr|uname|uid|login|log[_\-]?name|account|acct|owner"
    r"|author|actor|submitter|creator|principal|identity|profile|run[_\-]?as|sudo[_\-]?user|who)"
)
_HOST_KEY: Final = (
    r"(?i:host|host[_\-]?name|node|node[_\-]?name|nodes?|node[_\-]?list|machine|computer"
    r"|computer[_\-]?name|server|server[_\-]?name|submit[_\-]?host|instance)"
)
# `user=`, `"user": "`, `user: `; and only where a name cannot be an English word, `user `.
_IS: Final = r"%{quote}?\x20{0,2}(?:[=:]|=>)\x20{0,2}[(\[]?%{quote}?"
_IS_OR_BLANK: Final = r"(?:%{quote}?\x20{0,2}(?:[=:]|=>)|\x20)\x20{0,2}[(\[]?%{quote}?"
_OWNED: Final = (
    r"(?:(?:://|@)[A-Za-z0-9.\-]{1,80}+(?::[0-9]{1,5}(?=/))?[/:]"
    r"|%{left:[A-Za-z0-9.\-]}(?i:(?:git|github|gitlab|bitbucket|codeberg|ghcr|docker|quay)\.[a-z]{2,5}/))"
    r"(?:[A-Za-z0-9_.\-]{1,64}+/){0,2}?"
)
_HUBS: Final = r"(?i:github|gitlab|bitbucket|codeberg|hf|readthedocs|vercel|netlify)\."


def known_rules(identity: Identity) -> list[Rule]:
    """Make the rules that find the names of a machine.

    Args:
        identity: what is known about it.

    Returns:
        Rules of the family `identity`, in a fixed order; none for an empty identity.
    """
    local = [email.partition("@")[0] for email in identity.emails]
    accounts = _distinct([*identity.accounts, *local, *map(_last, identity.homes)])
    return [
        *name_rules("account", "USERNAME", accounts),
        *_account_contexts(accounts),
        *_people(identity.names),
        *name_rules("host", "HOSTNAME", identity.hosts),
        *_host_contexts(identity.hosts),
        *name_rules("domain", "HOSTNAME", identity.domains),
        *_made("domain_prefix", "HOSTNAME", _domains(identity.domains)),
        *_made("email", "EMAIL_ADDRESS", map(_email, identity.emails)),
        *_made("owner", "USERNAME", _owners(identity.owners)),
        *_made("home", "USERNAME", _homes(identity.homes)),
        *name_rules("id", "HOSTNAME", identity.ids),
        *_made("mac", "MAC_ADDRESS", map(_mac, identity.macs)),
        *_made("address", "IP_ADDRESS", map(_address, identity.addresses)),
        *_made("secret", "SECRET", _secrets(identity.secrets)),
    ]


def name_rules(kind: str, entity: str, names: Iterable[str]) -> list[Rule]:
    """Make the rules that find names anywhere, those of them that are no words.

    Args:
        kind: what the names are, for the rule's id.
        entity: what a match is.
        names: the names, of any tier.

    Returns:
        At most one rule for the names as text, and one for what they leave in base64.
    """
    bare = [name for name in _distinct(names) if tier(name) == "bare"]
    plain = [f"{_LEFT}(?P<value>{_either(map(_literal, bare))}){_RIGHT}"] if bare else []
    encoded = [core for name in bare for core in _base64_cores(name)]
    return [*_made(kind, entity, plain), *_made(f"{kind}_base64", entity, encoded)]


def _account_contexts(accounts: Sequence[str]) -> list[Rule]:
    short = [_literal(name) for name in accounts if tier(name) == "anchored"]
    words = [_literal(name) for name in accounts if tier(name) == "word" and personal_account(name)]
    patterns: dict[str, list[str]] = {"account_path": [], "account_at": [], "account_key": []}
    key = "%{left:[A-Za-z0-9]}"
    if short:
        either = f"(?P<value>{_either(short)})"
        patterns["account_path"] = [
            f"{_LEFT}{_IN_PATH}{either}{_RIGHT}",
            # the first folder of a path, and of what is on a hub
            rf"(?<![A-Za-z0-9_.\-/\\%]){either}(?=/[A-Za-z0-9_.\-])",
        ]
        patterns["account_key"] = [
            f"{key}{_USER_KEY}{_IS_OR_BLANK}{either}{_CLOSED}",
            f"{key}(?i:name){_IS}{either}{_CLOSED}",
            rf"uid=[0-9]{{1,10}}\({either}\)",
            rf"(?<=[\x20\"'])-[ul]\x20?{either}{_CLOSED}",
        ]
    if words:
        either = f"(?P<value>{_either(words)})"
        patterns["account_key"] += [f"{key}{_USER_KEY}{_IS}{either}(?![A-Za-z0-9_.(\\-])"]
    if short or words:
        either = f"(?P<value>{_either(short + words)})"
        patterns["account_at"] = [rf"%{{left:[A-Za-z0-9_.+\-]}}{either}(?=%{{at}}[A-Za-z0-9\[])"]
    rules = []
    for kind, found in patterns.items():
        for number, pattern in enumerate(found, 1):
            rules += _made(f"{kind}_{number}", "USERNAME", [pattern])
    return rules


def _host_contexts(hosts: Sequence[str]) -> list[Rule]:
    short = [_literal(name) for name in _distinct(hosts) if tier(name) == "anchored"]
    if not short:
        return []
    either = f"(?P<value>{_either(short)})"
    return [
        *_made("host_at", "HOSTNAME", [f"(?<=@|%40|://|\\\\\\\\){either}{_CLOSED}"]),
        *_made(
            "host_key",
            "HOSTNAME",
            [rf"%{{left:[A-Za-z0-9_\-]}}{_HOST_KEY}{_IS_OR_BLANK}{either}{_CLOSED}"],
        ),
        *_made(
            "host_port",
            "HOSTNAME",
            [rf"%{{left:[A-Za-z0-9_.\-]}}{either}(?=:[/~0-9]|\.(?i:local|lan|home|internal))"],
        ),
    ]


def _people(names: Iterable[str]) -> list[Rule]:
    """Find full names in both orders and joined as names of files and accounts are."""
    patterns: list[str] = []
    surnames: list[str] = []
    for name in _distinct(names):
        parts = [part for part in re.split(r"[\s,]+", name) if part]
        if len(parts) < _SHORTEST:
            continue
        first, last = parts[0], parts[-1]
        if tier(last) == "bare":
            surnames.append(last)
        between = r"(?:[\x20\t._+,\-]|%20){1,2}"
        if all(tier(part) == "word" for part in (first, last)):
            # Will Power: only as a name is written; Deep Learning: never.
            if technical(first) or technical(last):
                continue
            patterns.append(f"{_plain(first)}\\x20{_plain(last)}")
            patterns.append(f"{_plain(last)},\\x20?{_plain(first)}")
            continue
        middle = [between.join(map(_literal, parts))] if len(parts) > _SHORTEST else []
        patterns += middle
        patterns.append(f"{_literal(first)}{between}(?:[A-Za-z]\\.?{between})?{_literal(last)}")
        patterns.append(f"{_literal(last)}{between}{_literal(first)}")
        joined = first + last
        if len(joined) >= LEAST_ENCODED and tier(joined) == "bare":
            patterns += [_literal(joined), _literal(last + first)]
    rules = name_rules("surname", "PERSON", surnames)
    if patterns:
        rules += _made("person", "PERSON", [f"{_LEFT}(?P<value>{_either(patterns)}){_RIGHT}"])
    cores = [core for name in _distinct(names) for core in _base64_cores(name)]
    return [*rules, *_made("person_base64", "PERSON", cores)]


def _domains(domains: Iterable[str]) -> list[str]:
    r"""Give the pattern of domains of Windows before a name: `CORP\jane`."""
    short = [_literal(name) for name in _distinct(domains) if tier(name) != "bare"]
    if not short:
        return []
    account = r"(?=\\{1,8}[A-Za-z0-9_.\-$]{2,64}(?![\\A-Za-z0-9]))"
    return [rf"%{{left:[A-Za-z0-9_.\-\\/]}}(?P<value>{_either(short)}){account}"]


def _email(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{_LEFT}(?P<value>{_literal(name)}%{{at}}{_literal(domain)}){_CLOSED}"


def _owners(owners: Iterable[str]) -> list[str]:
    names = [_literal(name) for name in _distinct(owners) if tier(name) != "word"]
    if not names:
        return []
    either = f"(?P<value>{_either(names)})"
    return [
        f"{_OWNED}{either}(?![A-Za-z0-9_\\-])",
        f"%{{left:[A-Za-z0-9_.\\-]}}{either}(?=\\.{_HUBS})",
    ]


def _homes(homes: Iterable[str]) -> list[str]:
    """Give the patterns of home directories whose last folder is somebody's."""
    patterns = []
    for home in _distinct(homes, longest=LONGEST_SECRET):
        parts = [part for part in re.split(r"[/\\]+", home) if part]
        if len(parts) < _SHORTEST or not personal_account(parts[-1]):
            continue
        drive = len(parts[0]) == _SHORTEST and parts[0].endswith(":")
        start = f"%{{left:[A-Za-z0-9]}}(?i:{parts[0][0]})%{{colon}}" if drive else ""
        parents = parts[1:-1] if drive else parts[:-1]
        folders = "".join(f"%{{sep}}{_literal(part)}" for part in parents)
        patterns.append(f"{start}{folders}%{{sep}}(?P<value>{_literal(parts[-1])}){_CLOSED}")
    return patterns


def _mac(mac: str) -> str:
    pairs = [_ascii(mac[at : at + 2]) for at in range(0, len(mac), 2)]
    apart = "[:\\-.]?".join(pairs)
    # As UUIDs of version 1 end, and as `uuid.getnode()` gives it.
    joined, number = "".join(pairs), str(int(mac, 16))
    return (
        rf"(?P<value>(?<![A-Fa-f0-9]|[A-Fa-f0-9][:\-.]){apart}(?![:\-.]?[A-Fa-f0-9])"
        rf"|(?<![A-Fa-f0-9]){joined}(?![A-Fa-f0-9])|(?<![0-9]){number}(?![0-9]))"
    )


def _address(address: str) -> str:
    if ":" in address:
        return rf"(?<![A-Fa-f0-9:])(?P<value>{_ascii(address)})(?![A-Fa-f0-9:])"
    joined = r"[.\-_]".join(address.split("."))
    return rf"(?<![0-9]|[0-9]\.)(?P<value>{joined})(?![0-9]|\.[0-9])"


def _secrets(secrets: Iterable[str]) -> list[str]:
    found = sorted(_distinct(secrets, longest=LONGEST_SECRET), key=lambda one: (-len(one), one))
    return [
        *(_exact(secret) for secret in found),
        *(core for secret in found for core in _base64_cores(secret, cases=False)),
    ]


def _made(kind: str, entity: str, patterns: Iterable[str]) -> list[Rule]:
    """Make one rule of patterns without the group `value`, else one for each."""
    found = list(dict.fromkeys(patterns))
    if any("(?P<value>" in pattern for pattern in found):
        numbered = [(f"{kind}_{at}" if at > 1 else kind, one) for at, one in enumerate(found, 1)]
    else:
        numbered = [(kind, _either(found))] if found else []
    description = f"What is known of this machine: {kind.replace('_', ' ')}."
    return [
        direct_rule(f"identity.{name}", entity, description, pattern) for name, pattern in numbered
    ]


def _distinct(names: Iterable[str], *, longest: int = LONGEST_NAME) -> list[str]:
    """Give names in their order, each once, without those too short or too long to look for."""
    kept = (unicodedata.normalize("NFC", name.strip()) for name in names)
    return list(dict.fromkeys(name for name in kept if _SHORTEST <= len(name) <= longest))


def _last(path: str) -> str:
    return re.split(r"[/\\]+", path.rstrip("/\\"))[-1]


def _either(patterns: Iterable[str]) -> str:
    """Join alternatives, longest first: an alternation takes the first that fits."""
    ordered = sorted(dict.fromkeys(patterns), key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(ordered)})"


def _literal(text: str) -> str:
    """Spell a name in any case, its accents composed, apart, left out, or read as Latin-1."""
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if not text.isascii():
        forms.update(dict.fromkeys(one for one in _misspelt(text) if tier(one) != "word"))
    return _either(map(_cased, forms))


def _misspelt(text: str) -> list[str]:
    """Give how a name with accents is written where none can be: Mueller, Muller, MÃ¼ller."""
    composed = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    misread = composed.encode("utf-8", "replace")
    found = [bare, composed.translate(_GERMAN), misread.decode("latin-1")]
    with suppress(UnicodeDecodeError):
        found.append(misread.decode("cp1252"))
    return found


def _exact(text: str) -> str:
    """Spell a text in its own case, its accents composed or apart."""
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return _either(map(_plain, forms))


def _cased(text: str) -> str:
    return _broken(
        [
            f"(?i:{run})" if run.isascii() and run.isalnum() else "".join(map(_either_case, run))
            for run in re.findall(rf"[A-Za-z0-9]{{1,{_RUN}}}|[^A-Za-z0-9]{{1,{_RUN}}}", text)
        ]
    )


def _broken(runs: Sequence[str]) -> str:
    """Join runs so that none is longer: `regex` looks at a literal for seconds if it repeats."""
    return "(?=[\\s\\S])".join(runs)


def _either_case(character: str) -> str:
    cases = {character, *(one for one in (character.lower(), character.upper()) if len(one) == 1)}
    return f"(?:{'|'.join(map(_plain, sorted(cases)))})" if len(cases) > 1 else _plain(character)


def _ascii(text: str) -> str:
    return "".join(f"(?i:{char})" if char.isalnum() else _plain(char) for char in text)


def _plain(text: str) -> str:
    """Spell a text exactly."""
    spelt = [char if char.isascii() and char.isalnum() else _escaped(char) for char in text]
    return _broken(["".join(spelt[at : at + _RUN]) for at in range(0, len(spelt), _RUN)])


def _escaped(char: str) -> str:
    # What a form or a query sends has `+` for a blank.
    return r"[\x20+]" if char == " " else f"\\U{ord(char):08X}"


def _base64_cores(name: str, *, cases: bool = True) -> list[str]:
    """Spell what a name leaves in base64 at each offset, whatever stands around it."""
    forms = [name, name.lower(), name.upper(), name.title()] if cases else [name]
    cores = []
    for form in dict.fromkeys(forms):
        raw = form.encode("utf-8", "surrogatepass")[:_MOST_ENCODED]
        if len(raw) < LEAST_ENCODED:
            continue
        for offset in range(_BYTES_IN_GROUP):
            encoded = b64encode(b"\0" * offset + raw + b"\0\0").decode("ascii")
            # Whole characters of the name's bits only: its neighbours decide the others.
            first = -(-8 * offset // _BITS)
            last = 8 * (offset + len(raw)) // _BITS
            cores.append(encoded[first:last])
    return [re.sub(r"[+/]", _either_alphabet, core) for core in dict.fromkeys(cores)]


def _either_alphabet(match: re.Match[str]) -> str:
    return r"[+\-]" if match[0] == "+" else "[/_]"
