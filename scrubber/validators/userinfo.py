"""
The part of a URL before `@`: a person's name, a key, or nobody's.

Promise: a password that is no mask and no template is never refused, whoever's name is before it.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.secret import secret_value
from scrubber.validators.words import words

# Accounts of programs: they name what answers, not who asks.
_SERVICES: Final = words(
    """
    admin anonymous ftp git guest hdfs hg http https mail mysql nobody none null oauth2 postgres
    redis root svn user username www-data x-access-token x-token-auth
    """
)


def userinfo(value: str) -> bool:
    """Tell whether `user:password` of a URL holds a secret, or a person's name.

    Args:
        value: what stands between `://` and `@`.

    Returns:
        Whether one of the two is more than a mask, a template or the word for it.

    >>> userinfo("git:hunter2"), userinfo("user:***"), userinfo("{user}:{password}")
    (True, False, False)
    """
    user, _, password = value.partition(":")
    return secret_value(password) or url_user(user)


def url_user(value: str) -> bool:
    """Tell whether the user of a URL can be a person, or a key.

    >>> url_user("jane"), url_user("git"), url_user("${USER}")
    (True, False, False)
    """
    return bool(value) and value.casefold() not in _SERVICES and secret_value(value)
