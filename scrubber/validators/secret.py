"""
What stands after `password=` and is no password: types, references, masks, words of a message.

After a strong key word any value is taken for the secret unless there is a reason against it. The
reasons are those of real texts: code (`password=args.password`), templates (`${DB_PASSWORD}`),
masks (`***`, `[Filtered]`), schemas (`password: string`), sentences (`password: must be at least 8
characters`), paths (`PWD=/srv/app`).

Promise: nothing with a digit is refused but templates, masks, paths, names of resources, 0, 1,
names of algorithms and encodings, messages with a number in them, and code that names a secret
(`self.password2`).
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

_REACH: Final = 1024
"""How much of a value is looked at: no reason against one is longer."""

# Values of fields that hold none, types in signatures and schemas, words of usage texts.
_NO_VALUE: Final = words(
    """
    !0 !1 0 1 any ascii base32 base64 base64url bool boolean bytes byte callable char define dict
    disabled empty enabled example false float hex incomplete int integer latin1 list nan nil no
    none null number object off on optional sample secretstr set str string text true tuple undef
    undefined union unset utf-8 utf8 void yes
    """
)

# Short names of variables, and what usage texts put in place of a value.
_VARIABLE: Final = words(
    """
    bar baz buf chauthtok file filename foo foobar gkr-pam keyfile path pkey pp prompt pw raw res
    result ret tmp tok un user username val varchar
    """
)

# The first word of a sentence about a password. None of them is a likely password.
_SENTENCE: Final = words(
    """
    a accepted again an and are argument arguments as at authentication before but by called can
    cannot change changed check contains could denied deprecated did do does doesn't doesnt each
    encrypted enter eof error exceeded expected expired expires failed failure field flag for found
    from given has have header here hidden if in incorrect input invalid is isn't it its length like
    locked lstat matches may mismatch missing more must needs never not of ok only open option
    options or other parameter please provided read received rejected required reset returning
    rotated saved sent should since so specified stat supplied than that the then this timeout to
    too took try unauthorized unavailable unknown unsupported updated use used uses using valid
    value verification via was were when where which will with without write wrong yield you your
    """
)

# Also behind the prefix of a vendor's key: pplx-xxxxxxxx.
_MASK: Final = lazy_pattern(
    r"[*xX.•●·#_\-?\\/\s]{2,}|[*?•●#.\-]|\*{3,}[^*]{0,4}|[A-Za-z0-9_.~-]{0,16}[_.~-][xX]{8,}"
)

# <password>, {password}, ${PASSWORD}, $(cat x), %PASSWORD%, %s, %(password)s, {{ x }}, [Filtered]
_TEMPLATE: Final = lazy_pattern(
    r"""
      <[^<>]{1,80}> | \[[A-Za-z_\x20-]{2,40}\]? | \((?: hidden | redacted | none )\)?
    | \$[{(].* | \$[A-Z_][A-Z0-9_]* | \$env:.* | \$[0-9]
    | \$[A-Za-z_]*(?i:pass|pwd|secret|token|key)[A-Za-z_]*
    | \$[A-Z]{1,24}(?:_[A-Z]{1,24}){1,6}[/:.].*      # $BASE_URL/#/forgot
    | \\?\$_(?:COOKIE|ENV|GET|POST|REQUEST|SERVER|SESSION)(?:[\[{'"\\].*)?
    | &lt;[^<>&]{1,80}&gt;? | <[A-Za-z:]{1,24}[ ][A-Za-z:]{1,24}=.*         # the tag of XML
    | [0-9]\*[A-Za-z]{2,16}                         # a grammar: 1*tchar
    | ENC\[AES256_GCM.*                            # encrypted by sops
    | \{[A-Za-z_][A-Za-z0-9_.]{0,40}\(.*           # a call in an f-string
    | %[A-Za-z_]{2,40}% | (?: %[-+\#0-9.]*[a-zA-Z] [:/@,;\x20-]? )+ | %\([A-Za-z_]\w{0,40}\)[sdr]?
    | \{[A-Za-z_.!:\[\]'\x20]{0,40}\}? | \{[0-9]\}? | \{\{.* | \#\{.*
    | (?: Annotated | Callable | ClassVar | Dict | Final | List | Literal | Mapping | Optional
        | Sequence | Tuple | Union ) \[.*
    | [:@&][A-Za-z_]{1,40}
    | !(?: GetAtt | If | ImportValue | Join | Ref | Select | Sub | include | secret | vault )
    | \\{0,4} ["'] \s* (?: [+.&%,] | \|\| | << ) .*    # a quote that closes a text
    | (?: \\[SWDswd] | \. ) [*+] .*            # a regular expression
    | (?: filled | nullable | required | sometimes ) \| [a-z].*           # a schema
    """,
    re.VERBOSE | re.DOTALL,
)

_KEY_WORD: Final = (
    "(?:pass(?:word|wd|phrase|code)?|pwd|secrets?|tokens?|credentials?|keys?"
    "|(?:access|account|api|auth|encryption|private|secret|session)[_-]?key)"
)

# password, YOUR_API_KEY: the word for a value is not the value.
_PLACEHOLDER: Final = lazy_pattern(
    rf"""
      (?: (?: dummy | enter | example | fake | insert | my | new | old | sample | the | your )
          [_\ -]? )*
      {_KEY_WORD} (?: [_\ -]? here )?
    | (?: [a-z]{{1,15}} [_-] ){{0,4}} {_KEY_WORD} \s{{0,4}} [:=]>?      # then the next quotes
    """,
    re.VERBOSE | re.IGNORECASE,
)

# OPENAI_API_KEY, NOT_IMPL, X-Api-Key: names of variables and headers, also in quotes.
_CONSTANT: Final = lazy_pattern(
    r"""
      (?: [A-Z]{2,20} _ ){1,5} (?: CREDENTIALS? | KEY[0-9]? | PASSW(?:D|ORD) | SECRET | TOKEN )
      (?: _ [A-Z]{2,20} ){0,4}
    | (?: KEY | PASSWORD | SECRET | TOKEN ) (?: _ [A-Z]{2,20} ){1,4}
    | NOT_IMPL(?:EMENTED)? | NOT_GIVEN
    | [Xx] - (?: [A-Za-z]{2,15} - ){0,4} (?i: key | password | secret | token )
    """,
    re.VERBOSE,
)

# arn:aws:iam::aws:policy/X, cms/passwords#update, #add-password, Apache-2.0: names of resources,
# routes, elements, licences.
_RESOURCE: Final = lazy_pattern(
    rf"""
      arn:aws[a-z-]{{0,12}}:.*
    | (?: [a-z_]{{2,30}} / )+ [a-z_]{{2,30}} \# [a-z_]{{2,30}}
    | [a-z_]{{0,20}} (?: passwords? | sessions? | tokens? ) \# [a-z_]{{2,30}}
    | [\#.] (?: [A-Za-z]{{1,20}} [_-]? ){{0,4}}? {_KEY_WORD} (?: [_-] [a-z]{{1,20}} ){{0,3}}
    | (?: A?GPL | Apache | BSD | EPL | LGPL | MPL ) - [0-9] [A-Za-z0-9.-]{{0,30}}
    """,
    re.VERBOSE | re.IGNORECASE,
)

# AES-256, RSA, x509, sha256-rsa2048
_ALGORITHM: Final = lazy_pattern(
    r"""
      (?: (?: 3?des | aes | argon2(?:id?)? | asn1 | bcrypt | cbc | chacha20 | cram | der | digest
            | dsa | ecdsa | ed25519 | ed448 | gcm | hmac | md5 | pem | pkcs | poly1305 | rsa
            | scram | scrypt | sha | x509 )
          [-_]? [0-9]{0,4} (?: [-_/] (?! $ ) | $ ) )+
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Texts a person reads: "This field may not be blank.", "Forgot your password?", "Reset password".
_PROSE_WORD: Final = r"(?:[A-Za-z]{1,20}(?:'[a-z]{1,2})?,?)"
_PROSE: Final = lazy_pattern(rf"{_PROSE_WORD}(?:[ ]{_PROSE_WORD}){{2,}}[.?]")
_NUMBERED_PROSE: Final = lazy_pattern(
    rf"{_PROSE_WORD}(?:[ ](?:{_PROSE_WORD}|[0-9]{{1,3}})){{2,}}[.?!]?"
)
_SUBJECT: Final = lazy_pattern(
    r"\b(?:characters|credentials|field|key|password|passwords|required|token)\b", re.IGNORECASE
)
_LABEL: Final = lazy_pattern(
    rf"""
      (?: access | api | auth | change | confirm | create | current | enter | forgot | hide
        | invalid | missing | new | no | old | private | public | refresh | repeat | reset | retype
        | set | show | update | verify | wrong | your )
      [ ] (?: [a-z]{{2,12}} [ ] )? {_KEY_WORD} [.?!]?
    """,
    re.VERBOSE | re.IGNORECASE,
)

# db_password, newPassword, PASSWORD_FIELD: names in code.
_NAME: Final = lazy_pattern(
    rf"""
      (?: (?: access | account | admin | api | app | auth | aws | bind | bot | cert | certificate
            | client | confirm | crypto | current | database | db | default | email | encrypted
            | encryption | env | hashed | hf | http | id | input | jwt | key | login | master | mock
            | my | mysql | new | old | plain | private | proxy | public | raw | redis | refresh
            | repeat | root | s | secret | server | service | session | shared | smtp | ssh | ssl
            | test | tmp | user | username | wandb | x | your ) [_-]? ){{0,4}}
      _? {_KEY_WORD}
      (?: [_-]? types? | [_-](?: arg | bytes | challenge | default | env | field | file | hash | id
          | input | mgr | name | param | path | str | text | value | var ) )?
    | mock_[a-z_]{{1,40}}
    | (?: [a-z]{{1,12}} _ ){{2,5}} {_KEY_WORD}                     # index_url_user_password
    | [a-z]{{0,12}}_?(?:basename|dirname|filename|hostname|path|servername|username)
    | (?= [a-z.]{{0,60}} _ ) [a-z_]{{1,60}} (?: \. [a-z_]{{1,60}} ){{2,}}       # db.new_pw.result
    """,
    re.VERBOSE | re.IGNORECASE,
)

# identityToken, readPassword: small letters, a word for a secret with a capital at the end.
_CAMEL: Final = lazy_pattern(
    r"""
      [a-z]{2,15} (?: [A-Z][a-z]{1,15} ){0,3}
      (?: Credentials? | Keys? | Passphrase | Passw(?:or)?d | Secrets? | Tokens? )
    """,
    re.VERBOSE,
)

# self.password, args.api_key, config.db.pwd: code that reads a secret.
_ATTRIBUTE: Final = lazy_pattern(
    rf"""
      (?: [A-Za-z_]\w{{0,60}} (?:\.|\?\.|->|::) ){{1,6}}
      \w{{0,40}}? {_KEY_WORD} \w{{0,8}}
    | (?: app | args | argv | cfg | click | cls | conf | config | creds | credentials | ctx | data
        | db | env | environ | event | flags | form | getpass | hparams | json | keyring | kwargs
        | local | namespace | np | obj | options | opts? | os | params | payload | process | props
        | pydantic | req | request | resp | response | results? | row | secrets | self | settings
        | st | state | sys | this | torch | typing | user | vars? )
      (?: (?:\.|\?\.|->|::) [A-Za-z_]\w{{0,60}} ){{1,6}}
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

# t.Any, typing.Union, PrivateKeyTypes, _PasswordType: types in signatures.
_TYPE: Final = lazy_pattern(
    rf"(?:t|typing)\.[A-Z][A-Za-z]{{2,20}}|_?(?:[A-Z][a-z]{{1,12}}){{0,3}}{_KEY_WORD}Types?",
    re.IGNORECASE,
)

_PATH: Final = lazy_pattern(
    r"""
      (?: ~ | \.{1,2} )? [\\/]
      (?: (?: app | bin | boot | content | data | dev | etc | home | kaggle | lib | media | mnt
            | opt | private | proc | root | run | secrets | srv | sys | tmp | usr | Users | var
            | vol | Volumes | work | workspace ) (?: [\\/] .* )?
        | [a-z_.-]{2,40} (?: @ [0-9.]{1,9} )? (?: [\\/] [a-z_.\[\]-]{1,40} (?: @ [0-9.]{1,9} )? )*
          [\\/]? )
    | < (?: home | project | site-packages | stdlib | tmp | venv ) > (?: [\\/] .* )?
    | [A-Za-z]: [\\/] .*
    | https?://[a-z0-9.-]{4,60} (?: / [A-Za-z._-]{0,40} [0-9]{0,4} ){0,8}
    | [\\/]{2} .*
    | \$? (?: [\w.-]{1,60} [\\/] )* [\w-]{1,60}
      \. (?: cer | crt | env | ini | jks | json | key | p12 | pem | pfx | toml | txt | ya?ml ) \#?
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)

# "'$PASSWORD'": quotes in quotes.
_QUOTED: Final = lazy_pattern(r"(?P<quote>\\?['\"])(?P<inside>.+)(?P=quote)", re.DOTALL)

_STAND_INS: Final = (
    _MASK,
    _TEMPLATE,
    _PLACEHOLDER,
    _CONSTANT,
    _RESOURCE,
    _ALGORITHM,
    _ATTRIBUTE,
    _PATH,
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
    text = value[:_REACH].strip()
    return (
        secret_literal(text)
        and text.casefold() not in _VARIABLE
        and not any(pattern.fullmatch(text) for pattern in (_NAME, _CAMEL, _TYPE))
    )


def secret_literal(value: str) -> bool:
    """Tell whether a value in quotes is a secret: as `secret_value`, but it is no name in code.

    >>> secret_literal("db_password"), secret_value("db_password"), secret_literal("password")
    (True, False, False)
    """
    text = value[:_REACH].strip()
    quoted = _QUOTED.fullmatch(text)
    if quoted and any(pattern.fullmatch(quoted["inside"]) for pattern in _STAND_INS):
        return False
    word = text.rstrip(".,:;!").casefold()
    if word in _NO_VALUE or word in _SENTENCE:
        return False
    if not any(one.isalnum() for one in text):
        return len(set(text)) >= _FEWEST_SIGNS
    return not _prose(text) and not any(pattern.fullmatch(text) for pattern in _STAND_INS)


def _prose(text: str) -> bool:
    """Tell whether a text is one for people: a sentence, or a label about a secret."""
    if _PROSE.fullmatch(text) or _LABEL.fullmatch(text):
        return True
    return bool(_NUMBERED_PROSE.fullmatch(text)) and _SUBJECT.search(text) is not None
