"""
What stands after `password=` and is no password: types, references, masks, words of a message.

After a strong key word any value is taken for the secret unless there is a reason against it. The
reasons are those of real texts: code (`password=args.password`), templates (`${DB_PASSWORD}`),
masks (`***`, `[Filtered]`), schemas (`password: string`), sentences (`password: must be at least 8
characters`), paths (`PWD=/srv/app`).

Promise: nothing with a digit is refused but templates, masks, paths, 0, 1, and code that names a
secret (`self.password2`).
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.validators.words import words

_REACH: Final = 1024
"""How much of a value is looked at: no reason against one is longer."""

# Values of fields that hold none, types in signatures and schemas, words of usage texts.
_NO_VALUE: Final = words(
    """
    0 1 any bool boolean bytes byte callable char dict disabled empty enabled false float int
    integer list nan nil no none null number object off on optional secretstr set str string text
    true tuple undefined union unset void yes
    """
)

# The first word of a sentence about a password. None of them is a likely password.
_SENTENCE: Final = words(
    """
    a accepted an and are argument arguments as at authentication before but by can cannot change
    changed check contains could denied did do does doesn't doesnt each enter error exceeded
    expected expires expired failed failure field flag for found from given has have header here
    hidden if in incorrect input invalid is isn't it its length like matches may mismatch missing
    more must needs never not of only option options or other parameter please provided read
    received rejected required reset saved sent should since so specified supplied than that the
    then this to too unknown unsupported updated use used uses using value verification via was
    were when where which will with without wrong you your
    """
)

_MASK: Final = re.compile(r"[*xX.•●·#_\-?\\/\s]{2,}|[*?•●#.\-]|\*{3,}[^*]{0,4}")

# <password>, {password}, ${PASSWORD}, $(cat x), %PASSWORD%, %s, %(password)s, {{ x }}, [Filtered]
_TEMPLATE: Final = re.compile(
    r"""
      <[^<>]{1,80}> | \[[A-Za-z_\x20-]{2,40}\]? | \((?: hidden | redacted | none )\)?
    | \$[{(].* | \$[A-Z_][A-Z0-9_]* | \$env:.*
    | \$[a-z_]*(?:pass|pwd|secret|token|key)[a-z_]*
    | %[A-Za-z_]{2,40}% | (?: %[-+0-9.]*[sdrixv] [:/@,;\x20-]? )+ | %\([A-Za-z_]\w{0,40}\)[sdr]?
    | \{[A-Za-z_.!:\[\]'\x20]{0,40}\}? | \{[0-9]\}? | \{\{.* | \#\{.*
    | (?: Annotated | Callable | ClassVar | Dict | Final | List | Literal | Mapping | Optional
        | Sequence | Tuple | Union ) \[.*
    | [:@&][A-Za-z_]{1,40}
    """,
    re.VERBOSE | re.DOTALL,
)

_KEY_WORD: Final = (
    "(?:pass(?:word|wd|phrase|code)?|pwd|secrets?|tokens?|credentials?|keys?"
    "|(?:access|account|api|auth|encryption|private|secret|session)_?key)"
)

# password, YOUR_API_KEY: the word for a value is not the value.
_PLACEHOLDER: Final = re.compile(
    rf"(?:(?:enter|insert|my|new|old|the|your)[_ -]?)*{_KEY_WORD}(?:[_ -]?here)?", re.IGNORECASE
)

# db_password, newPassword, PASSWORD_FIELD: names in code.
_NAME: Final = re.compile(
    rf"""
      (?: (?: access | account | admin | api | app | auth | aws | bind | bot | cert | client
            | confirm | current | database | db | default | email | encrypted | env | hashed | hf
            | http | id | input | jwt | key | login | master | my | mysql | new | old | plain
            | private | proxy | public | raw | redis | refresh | repeat | root | s | secret | server
            | service | session | shared | smtp | ssh | ssl | test | tmp | user | username | wandb
            | x | your ) [_-]? ){{0,4}}
      _? {_KEY_WORD}
      (?: [_-](?: arg | env | field | file | hash | id | input | name | param | path | str | text
                | value | var ) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

# self.password, args.api_key, config.db.pwd: code that reads a secret.
_ATTRIBUTE: Final = re.compile(
    rf"""
      (?: [A-Za-z_]\w{{0,60}} (?:\.|\?\.|->|::) ){{1,6}}
      \w{{0,40}}? {_KEY_WORD} \w{{0,8}}
    | (?: app | args | argv | cfg | click | cls | conf | config | creds | credentials | ctx | data
        | db | env | environ | flags | form | getpass | hparams | keyring | kwargs | local
        | namespace | np | obj | options | opts? | os | params | process | props | pydantic | req
        | request | secrets | self | settings | st | state | sys | this | torch | typing | user
        | vars? )
      (?: (?:\.|\?\.|->|::) [A-Za-z_]\w{{0,60}} ){{1,6}}
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_PATH: Final = re.compile(
    r"""
      (?: ~ | \.{1,2} )? [\\/]
      (?: (?: app | bin | boot | content | data | dev | etc | home | kaggle | lib | media | mnt
            | opt | private | proc | root | run | secrets | srv | sys | tmp | usr | Users | var
            | vol | Volumes | work | workspace ) (?: [\\/] .* )?
        | [a-z_.-]{2,40} (?: [\\/] [a-z_.-]{1,40} )* [\\/]? )
    | [A-Za-z]: [\\/] .*
    | [\\/]{2} .*
    | (?: [\w.-]{1,60} [\\/] )* [\w-]{1,60}
      \. (?: cer | crt | env | ini | jks | json | key | p12 | pem | pfx | toml | txt | ya?ml )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)

_FEWEST_SIGNS: Final = 4
"""Different signs in a password of signs alone: `!?%&@` may be one, `-->` and `...` are none."""


def secret_value(value: str) -> bool:
    """Tell whether the bare value of a field that should hold a secret does hold one.

    Args:
        value: what stands after the key.

    Returns:
        Whether there is no reason to take it for anything else.

    >>> secret_value("hunter2"), secret_value("args.password"), secret_value("[Filtered]")
    (True, False, False)
    """
    return secret_literal(value) and _NAME.fullmatch(value[:_REACH].strip()) is None


def secret_literal(value: str) -> bool:
    """Tell whether a value in quotes is a secret: as `secret_value`, but it is no name in code.

    >>> secret_literal("db_password"), secret_value("db_password"), secret_literal("password")
    (True, False, False)
    """
    text = value[:_REACH].strip()
    word = text.rstrip(".,:;!").casefold()
    if word in _NO_VALUE or word in _SENTENCE:
        return False
    if not any(one.isalnum() for one in text):
        return len(set(text)) >= _FEWEST_SIGNS
    return not any(
        pattern.fullmatch(text) for pattern in (_MASK, _TEMPLATE, _PLACEHOLDER, _ATTRIBUTE, _PATH)
    )
