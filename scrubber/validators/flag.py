"""
What stands after `--api-key` in a usage or a sentence, and no command line: FILE, VARCHAR, instead.

Texts about a program name its flags more often than commands use them. A usage puts the kind of a
value in its place, in capitals; a sentence goes on with a word that no one takes for a password.

Promise: capitals are refused only if they end in the word for a kind of value, and small letters
only if they are on a list of words; what holds a digit is a secret, unless it is a field (`id=x1`)
or the name of a resource.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

# FILE, API_KEY, PATH/TO/FILE, stringArray.
_KIND: Final = lazy_pattern(
    r"""
      (?: [A-Z]+ [_/-] )*
      (?: (?: KEY | PASS | TOKEN )? FILE | (?: FILE | USER )? NAME | PATH | DIR | TEXT | STRING
        | STR | (?: VAR )? CHAR | KEY | VALUE | VAL | TOKEN | SECRET | URL | URI | ID | INTEGER
        | INT | PASS | PWD | PASSWORD | PASSPHRASE | CRED (?: ENTIAL )? S? | JSON | SPEC | ARG
        | HEX )
    | string (?: Array | Slice | s )
    """,
    re.VERBOSE,
)

_GOES_ON: Final = words(
    """
    again argument arguments cannot could flag flags instead might option options parameter switch
    via whenever wherever works would
    """
)

# docker build --secret id=npm,src=..., projects/p/secrets/s
_REFERENCE: Final = lazy_pattern(r"(?:env|id|source|src|type)=.*|projects/[^/]+/secrets/.*")


def flag_value(value: str) -> bool:
    """Tell whether what stands after a flag for a secret can be its value.

    Args:
        value: the argument, without its quotes.

    Returns:
        Whether it is no kind of value, word of a sentence or reference.

    >>> flag_value("hunter2"), flag_value("KEY_FILE"), flag_value("instead"), flag_value("id=npm")
    (True, False, False, False)
    """
    text = value.rstrip(".,:;!?")
    if not text or text in _GOES_ON:
        return False
    return not _KIND.fullmatch(text) and not _REFERENCE.fullmatch(text)
