"""
What stands after `password=` and is no password: types, references, masks, and the words of a message.

After a strong key word any value is taken for the secret unless there is a reason against it. The reasons are those of
real texts: code (`password=args.password`), templates (`${DB_PASSWORD}`), masks (`***`, `[Filtered]`), schemas
(`password: string`), sentences (`password: must be at least 8 characters`), paths (`PWD=/srv/app`).

Promise: nothing with a digit is refused but templates, masks, paths, and code that names a secret (`self.password2`).
"""

from __future__ import annotations

import re
from typing import Final

# Values of fields that hold none, types in signatures and schemas, and placeholders of usage texts.
_EMPTY: Final = frozenset(
    """
    any bool boolean bytes byte callable char dict empty enabled disabled false float int integer list nan nil no none null
    number object off on optional secretstr set str string text true tuple undefined union unset void yes
    """.split()
)

# The first word of a sentence about a password. None of them is a likely password.
_SENTENCE: Final = frozenset(
    """
    a accepted an and are argument as at authentication before but by can cannot change changed check contains could denied
    did do does doesn't doesnt each enter error exceeded expected expires expired failed failure field flag for found from
    given has have header here hidden if in incorrect input invalid is isn't it its length like matches may mismatch missing
    more must needs never not of only option options or other parameter please provided read received rejected required reset saved sent
    should since so specified supplied than that the then this to too unknown unsupported updated use used uses using
    value verification via was were when where which will with without wrong you your
    """.split()
)

_MASK: Final = re.compile(r"[*xX.•●·#_\-?\\/\s]{2,}|[*?•●#.\-]|\*{3,}[^*]{0,4}")

# <password>, {password}, ${PASSWORD}, $(cat x), %PASSWORD%, %s, %(password)s, {{ x }}, [Filtered], :password, ?
_TEMPLATE: Final = re.compile(
    r"""
      <[^<>]{1,80}>? | \[[A-Za-z][^\[\]]{0,80}\]? | \(hidden\)? | \(redacted\)? | \(none\)?
    | \$\{.* | \$\(.* | \$[A-Z_][A-Z0-9_]*+ | \$env:.* | \$[a-z_]*(?:pass|pwd|secret|token|key)[a-z_]*
    | %[A-Za-z_]{2,40}% | (?: %[-+0-9.]*[sdrixv] [:/@,;\x20-]? )+ | %\([A-Za-z_]\w{0,40}\)[sdr]?
    | \{[A-Za-z_0-9.!:\[\]'\x20]{0,80}\}? | \{\{.*  | \#\{.*
    | (?: Optional | Union | List | Dict | Tuple | Sequence | Mapping | Callable | Literal | Annotated | Final | ClassVar ) \[.*
    | :[a-z_]{1,40} | @[A-Za-z_]{1,40} | &[a-z_]{1,40}
    """,
    re.VERBOSE | re.DOTALL,
)

_SECRET_WORD: Final = r"(?:pass(?:word|wd|phrase|code)?|pwd|secrets?|tokens?|(?:api|access|account|auth|secret|private|encryption|session)_?key|keys?|credentials?)"

# password, db_password, PASSWORD_FIELD, new-password: an identifier that names a secret is not one.
_NAME: Final = re.compile(
    rf"(?:[a-z]+[_-])*{_SECRET_WORD}(?:[_-](?:str|value|field|hash|env|var|name|text|input|here|file|path|id|arg|param))?",
    re.IGNORECASE,
)
_CAMEL_NAME: Final = re.compile(
    r"[a-z]{1,20}(?:[A-Z][a-z]{1,20}){0,3}(?:Pass(?:word|wd|phrase|code)?|Pwd|Secret|Token|Key|Credentials?)"
)

# self.password, args.api_key, config.db.pwd, settings.X: code that reads a secret.
_ATTRIBUTE: Final = re.compile(
    rf"""
      (?: [A-Za-z_]\w{{0,60}} (?:\.|\?\.|->|::) ){{1,6}} _{{0,2}} (?: [A-Za-z]{{1,20}}_? ){{0,3}} {_SECRET_WORD} \w{{0,8}}
    | (?: args | argv | self | cls | this | config | cfg | conf | settings | opts? | options | os | env | environ | kwargs
        | request | req | params | ctx | process | form | db | flags | hparams | namespace | secrets | vars? | local | props
        | state | creds | credentials | data | user | obj | app | st | torch | np | sys | getpass | keyring | click
        | typing | pydantic )
      (?: (?:\.|\?\.|->|::) [A-Za-z_]\w{{0,60}} ){{1,6}}
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_PATH: Final = re.compile(
    r"""
      (?: ~ | \.{1,2} )? [\\/]
      (?: (?: app | bin | boot | content | data | dev | etc | home | kaggle | lib | media | mnt | opt | private | proc | root | run
            | secrets | srv | sys | tmp | usr | Users | var | vol | Volumes | work | workspace ) (?: [\\/] .* )?
        | [a-z_.-]{2,40} (?: [\\/] [a-z_.-]{1,40} )* [\\/]? )
    | [A-Za-z]: [\\/] .*
    | [\\/]{2} .*
    | (?: [\w.-]{1,60} [\\/] )* [\w-]{1,60} \. (?: pem | key | txt | json | ya?ml | crt | cer | p12 | pfx | jks | env | toml | ini )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_LONGEST_PATH: Final = 600


def secret_value(value: str) -> bool:
    """Tell whether the value of a field that should hold a secret does hold one.

    Args:
        value: what stands after the key, without quotes.

    Returns:
        Whether there is no reason to take it for anything else.

    >>> secret_value("hunter2"), secret_value("args.password"), secret_value("[Filtered]")
    (True, False, False)
    """
    text = value.strip()
    word = text.rstrip(".,:;!").casefold()
    if not word or word in {"0", "1"} or word in _EMPTY or word in _SENTENCE:
        return False
    if not any(one.isalnum() for one in text[:_LONGEST_PATH]):
        return len(set(text)) > 3  # noqa: PLR2004  # "-->", "...": punctuation, but "!?%&@" may be a password
    return not any(
        pattern.fullmatch(text)
        for pattern in (_MASK, _TEMPLATE, _NAME, _CAMEL_NAME, _ATTRIBUTE, _PATH)
    )
