r"""
The names of this machine as rules: what nobody can guess, but its owner's process knows.

A pattern cannot tell that `qwz7` is an account; the process can ask. So each kind of name becomes
rules like any other, which run on every decoded view and whose lines are found by their words. What
a name may do depends on how much it looks like one (its *tier*): one that is no word goes wherever
it stands (`bare`), a short one where accounts and hosts stand (`anchored`: in a path, before `@`,
behind `user=`, in a URL), and a word only where nothing else can be meant (`word`).

Promise: nothing here is written, printed or kept beyond the rules; their descriptions name kinds
only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from scrubber.decoding import decode_layer
from scrubber.detect.people import full_names, surnames
from scrubber.detect.spelling import (
    ascii_literal,
    base64_cores,
    either,
    exact,
    literal,
    wide,
)
from scrubber.identity.model import LONGEST, SHORTEST
from scrubber.identity.tiers import tier
from scrubber.lazy import lazy_pattern
from scrubber.ruleset.direct import direct_rule
from scrubber.validators.account import personal_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.identity.model import Identity
    from scrubber.ruleset.model import Rule

LONGEST_NAME: Final = 320
"""Characters of the longest name, that of an e-mail address (RFC 5321, section 4.5.3.1)."""

_SHORTEST_IN_CAMEL: Final = 4
_RISKY: Final = 5
_DRIVE: Final = lazy_pattern(r"[A-Za-z]:")

# A token begins where no letter stands before it, but behind the letter of an escape; unlike in
# rules of files it may begin with that letter, too: `C:\\nadia77` is no line feed. It ends where no
# letter follows, or where camelCase goes on with a capital.
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
# With what else a name stands behind, where it can be no word.
_ANY_USER_KEY: Final = (
    rf"(?:{_USER_KEY}|(?i:group|maintainer|requester|member|chown|(?:created|started|launched"
    r"|submitted|run|triggered|owned|modified|requested|authored|reviewed)[_\-\x20]?by))"
)
_HOST_KEY: Final = (
    r"(?i:hosts?|host[_\-]?name|node|node[_\-]?name|nodes?|node[_\-]?list|machine|computer"
    r"|computer[_\-]?name|server|server[_\-]?name|submit[_\-]?host|instance)"
)
# node001:29500, [node001]:29500, (node001, 29500), node001_1234_0, node001.local
_HOST_BEFORE: Final = (
    r"(?=\]?:[/~0-9]|,\x20[0-9]{2,5}\)|_[0-9]{1,7}_[0-9]{1,4}(?![A-Za-z0-9])"
    r"|\.(?i:local|lan|home|internal))"
)
# `user=`, `"user": "`, `user: `; and only where a name cannot be an English word, `user `.
_IS: Final = r"%{quote}?\x20{0,2}(?:[=:]|=>)\x20{0,2}[(\[]?%{quote}?"
_IS_OR_BLANK: Final = r"(?:%{quote}?\x20{0,2}(?:[=:]|=>)|\x20)\x20{0,2}[(\[]?%{quote}?"
_MAILBOX: Final = r"%{left:[A-Za-z0-9_.+/\-]}"
# `def f(user: session, ...)`, `Agent(actor=model)` are code.
_NO_CODE: Final = (
    r"(?=[\x20\t]|$|[\"'`;\]}>&|]|\\[nrt\"'])(?!\x20(?:=|[|]|if|or|and|for|in|is)(?![A-Za-z]))"
)
# `python@3.12`, `worker@3f2a1b0c`, `build@main` are versions, objects and branches.
_NO_VERSION: Final = (
    r"(?!%{at}(?:[0-9a-f]{6,64}(?![A-Za-z0-9.\-])|v[0-9]|(?i:latest|main|master|trunk|head|lts|next"
    r"|dev|develop|beta|alpha|stable|edge|nightly|canary|rc|sha256|sha1|sha512|md5|npm|types|file"
    r"|workspace|property|staticmethod|classmethod)(?![A-Za-z0-9.\-])))"
)
_OWNED: Final = (
    r"(?:(?:://|@)[A-Za-z0-9.\-]{1,80}+(?::[0-9]{1,5}(?=/))?[/:]"
    r"|%{left:[A-Za-z0-9.\-]}(?i:(?:git|github|gitlab|bitbucket|codeberg|ghcr|docker|quay)\.[a-z]{2,5}[/:]))"
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
        *name_rules("id", "HOSTNAME", identity.ids, cases=False),
        *_made("mac", "MAC_ADDRESS", map(_mac, identity.macs)),
        *_made("address", "IP_ADDRESS", map(_address, identity.addresses)),
        *secret_rules("secret", identity.secrets),
        *_made("secret_utf16", "SECRET", wide(_distinct(identity.secrets), cases=False)),
    ]


def name_rules(
    kind: str,
    entity: str,
    names: Iterable[str],
    *,
    cases: bool = True,
    encoded: bool = True,
) -> list[Rule]:
    """Make the rules that find names anywhere, those of them that are no words.

    Args:
        kind: what the names are, for the rule's id.
        entity: what a match is.
        names: the names, of any tier.
        cases: whether they are in base64 in other cases, too.
        encoded: whether they are looked for in base64 and UTF-16.

    Returns:
        At most one rule for the names as text, one for what they leave in base64, and one for
        UTF-16.
    """
    bare = [name for name in _distinct(names) if tier(name) == "bare"]
    spelt = [f"{_LEFT}(?P<value>{either(map(literal, bare))}){_RIGHT}"] if bare else []
    rules = _made(kind, entity, spelt)
    if not encoded:
        return rules
    cores = [core for name in bare for core in base64_cores(name, cases=cases)]
    return [
        *rules,
        *_made(f"{kind}_base64", entity, cores),
        *_made(f"{kind}_utf16", entity, wide(bare)),
    ]


def secret_rules(kind: str, secrets: Iterable[str]) -> list[Rule]:
    """Make the rules that find secrets anywhere, as they are and in base64.

    Args:
        kind: what they are, for the rule's id.
        secrets: the secrets.
    """
    return _made(kind, "SECRET", _secrets(secrets))


def _account_contexts(accounts: Sequence[str]) -> list[Rule]:
    names = [name for name in accounts if tier(name) == "anchored"]
    short = [literal(name) for name in names]
    words = [exact(name) for name in accounts if tier(name) == "word" and personal_account(name)]
    patterns: dict[str, list[str]] = {"account_path": [], "account_at": [], "account_key": []}
    key = "%{left:[A-Za-z0-9]}"
    if short:
        one_of = f"(?P<value>{either(short)})"
        patterns["account_path"] = [
            f"{_IN_PATH}(?P<value>{either(map(_in_token, names))})",
            # the first folder of a path, and of what is on a hub
            rf"(?<![A-Za-z0-9_.\-/\\%]){one_of}(?=/[A-Za-z0-9_.\-])",
        ]
        patterns["account_key"] = [
            f"{key}{_ANY_USER_KEY}{_IS_OR_BLANK}{one_of}{_CLOSED}",
            f"{key}(?i:name){_IS}{one_of}{_CLOSED}",
            rf"uid=[0-9]{{1,10}}\({one_of}\)",
            rf"(?<=[\x20\"'])-[ul]\x20?{one_of}{_CLOSED}",
        ]
        patterns["account_at"] = [rf"{_MAILBOX}{one_of}(?=%{{at}}[A-Za-z0-9\[])"]
    if words:
        one_of = f"(?P<value>{either(words)})"
        patterns["account_key"] += [f"{key}{_USER_KEY}{_IS}{one_of}{_NO_CODE}"]
        patterns["account_at"] += [rf"{_MAILBOX}{one_of}{_NO_VERSION}(?=%{{at}}[A-Za-z\[])"]
    rules = []
    for kind, found in patterns.items():
        for number, pattern in enumerate(found, 1):
            rules += _made(f"{kind}_{number}", "USERNAME", [pattern])
    return rules


def _in_token(name: str) -> str:
    """Spell a name between its bounds; of three letters, some stand in any `uPLWqLiClA`."""
    if len(name) < _SHORTEST_IN_CAMEL:
        return f"{_AFTER}{literal(name)}{_CLOSED}"
    return f"{_LEFT}{literal(name)}{_RIGHT}"


def _host_contexts(hosts: Sequence[str]) -> list[Rule]:
    short = [literal(name) for name in _distinct(hosts) if tier(name) == "anchored"]
    if not short:
        return []
    one_of = f"(?P<value>{either(short)})"
    return [
        *_made("host_at", "HOSTNAME", [f"(?<=@|%40|://|\\\\\\\\){one_of}{_CLOSED}"]),
        *_made(
            "host_key",
            "HOSTNAME",
            [rf"%{{left:[A-Za-z0-9_\-]}}{_HOST_KEY}{_IS_OR_BLANK}{one_of}{_CLOSED}"],
        ),
        *_made(
            "host_port",
            "HOSTNAME",
            [rf"%{{left:[A-Za-z0-9_.\-]}}{one_of}{_HOST_BEFORE}"],
        ),
        *_made(
            "host_job",
            "HOSTNAME",
            [rf"(?:srun:\x20error:|JOB\x20[0-9.+_]{{1,20}}\x20ON|raylet)\x20{one_of}{_CLOSED}"],
        ),
    ]


def _people(names: Iterable[str]) -> list[Rule]:
    """Find full names, and the parts of them that tell who it is when they stand alone."""
    kept = _distinct(names)
    rules = name_rules("surname", "PERSON", surnames(kept))
    patterns = list(full_names(kept))
    if patterns:
        rules += _made("person", "PERSON", [f"{_LEFT}(?P<value>{either(patterns)}){_RIGHT}"])
    cores = [core for name in kept for core in base64_cores(name)]
    return [*rules, *_made("person_base64", "PERSON", cores)]


def _domains(domains: Iterable[str]) -> list[str]:
    r"""Give the pattern of domains of Windows before a name: `CORP\jane`."""
    short = [literal(name) for name in _distinct(domains) if tier(name) != "bare"]
    if not short:
        return []
    account = r"(?=\\{1,8}[A-Za-z0-9_.\-$]{2,64}(?![\\A-Za-z0-9]))"
    return [rf"%{{left:[A-Za-z0-9_.\-\\/]}}(?P<value>{either(short)}){account}"]


def _email(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{_LEFT}(?P<value>{literal(name)}%{{at}}{literal(domain)}){_CLOSED}"


def _owners(owners: Iterable[str]) -> list[str]:
    names = [literal(name) for name in _distinct(owners) if tier(name) != "word"]
    if not names:
        return []
    one_of = f"(?P<value>{either(names)})"
    return [
        f"{_OWNED}{one_of}(?![A-Za-z0-9_\\-])",
        f"%{{left:[A-Za-z0-9_.\\-]}}{one_of}(?=\\.{_HUBS})",
    ]


def _homes(homes: Iterable[str]) -> list[str]:
    """Give the patterns of home directories whose last folder is somebody's."""
    patterns = []
    for home in _distinct(homes, longest=LONGEST):
        parts = [part for part in re.split(r"[/\\]+", home) if part]
        *parents, last = parts or [""]
        if not parents or not personal_account(last):
            continue
        start = ""
        if _DRIVE.fullmatch(parents[0]):
            start = f"%{{left:[A-Za-z0-9]}}(?i:{parents.pop(0)[0]})%{{colon}}"
        folders = "".join(f"%{{sep}}{literal(part)}" for part in parents)
        patterns.append(f"{start}{folders}%{{sep}}(?P<value>{literal(last)}){_CLOSED}")
    return patterns


def _mac(mac: str) -> str:
    pairs = [ascii_literal(mac[at : at + 2]) for at in range(0, len(mac), 2)]
    apart = "[:\\-.]?".join(pairs)
    # As UUIDs of version 1 end, and as `uuid.getnode()` gives it.
    joined, number = "".join(pairs), str(int(mac, 16))
    return (
        rf"(?P<value>(?<![A-Fa-f0-9]|[A-Fa-f0-9][:\-.]){apart}(?![:\-.]?[A-Fa-f0-9])"
        rf"|(?<![A-Fa-f0-9]){joined}(?![A-Fa-f0-9])|(?<![0-9]){number}(?![0-9]))"
    )


def _address(address: str) -> str:
    if ":" in address:
        return rf"(?<![A-Fa-f0-9:])(?P<value>{ascii_literal(address)})(?![A-Fa-f0-9:])"
    joined = r"[.\-_]".join(address.split("."))
    return rf"(?<![0-9]|[0-9]\.)(?P<value>{joined})(?![0-9]|\.[0-9])"


def _secrets(secrets: Iterable[str]) -> list[str]:
    # One that holds an escape may be read as what that stands for, wherever a layer is undone.
    texts = [text for secret in secrets for text in (secret, _read(secret)) if len(text) > _RISKY]
    found = sorted(_distinct(texts, longest=LONGEST), key=lambda one: (-len(one), one))
    return [
        *(exact(secret) for secret in found),
        *(core for secret in found for core in base64_cores(secret, cases=False)),
    ]


def _read(text: str) -> str:
    view = decode_layer(text)
    return view.text if view else text


def _made(kind: str, entity: str, patterns: Iterable[str]) -> list[Rule]:
    """Make one rule of patterns without the group `value`, else one for each."""
    found = list(dict.fromkeys(patterns))
    if any("(?P<value>" in pattern for pattern in found):
        numbered = [(f"{kind}_{at}" if at > 1 else kind, one) for at, one in enumerate(found, 1)]
    else:
        numbered = [(kind, either(found))] if found else []
    description = f"What is known of this machine: {kind.replace('_', ' ')}."
    return [
        direct_rule(f"identity.{name}", entity, description, pattern) for name, pattern in numbered
    ]


def _distinct(names: Iterable[str], *, longest: int = LONGEST_NAME) -> list[str]:
    """Give names in their order, each once, without those too short or too long to look for."""
    kept = (unicodedata.normalize("NFC", name.strip()) for name in names)
    return list(dict.fromkeys(name for name in kept if SHORTEST <= len(name) <= longest))


def _last(path: str) -> str:
    return re.split(r"[/\\]+", path.rstrip("/\\"))[-1]
