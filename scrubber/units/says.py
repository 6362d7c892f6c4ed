"""
What the name of a value says of it: that it is secret, or whose name it is.

    {"DB_PASSWORD": "x"}   {"name": "DB_PASSWORD", "value": "x"}   ["--password", "x"]
    {"USER": "jdoe"}       {"name": "USER", "value": "jdoe"}       ["--user", "jdoe"]

Promise: a name is judged as it was and as it will be, so that a second scrubbing judges the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.units.keys import KeyIndex, sensitive_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

USER: Final = "user="
HOST: Final = "host="
DOTTED: Final = "."
"""Before words that announce only what has a domain: a `server` may be a program, too."""

_ANNOUNCES: Final = KeyIndex.from_rules(
    [
        (
            (
                *("user", "username", "user_name", "user_id", "userid", "logname", "log_name"),
                *("login", "login_name", "nickname", "screen_name", "account_name", "remote_user"),
                *("sudo_user", "created_by", "submitted_by", "assignee", "owner_name"),
            ),
            USER,
        ),
        (
            (
                *("host", "hostname", "server_name", "computername"),
                *("computer_name", "machine_name", "fqdn", "workstation", "pod_name"),
                *("master_addr", "master_address", "hosts", "nodelist", "node_list"),
                *("server_address", "net_peer_name", "net_host_name", "http_host"),
            ),
            HOST,
        ),
        (("server",), DOTTED + HOST),
    ]
)
"""What a name says of its value, as a text would: `{"USER": "jdoe"}` is `user=jdoe`."""

_IN_TEXT: Final = {"PWD": "PWD=", "OLDPWD": "PWD=", "pw": "pw="}
"""Names whose value a rule for texts judges: a folder, or a password."""

_NAMES: Final = ("name", "key", "Name", "Key", "field", "header", "variable", "ParameterKey", "id")
_VALUES: Final = frozenset({"value", "Value", "val", "default", "ParameterValue"})
_OF_USERS: Final = frozenset({"name", "login", "id", "value", "username", "key"})
"""Names of what a name of users says of, in a mapping below it."""


ROLES_IN_TALKS: Final = frozenset({"user", "assistant", "system", "tool"})
"""Who speaks in a talk with a model: `["user", "hello"]`."""

_SCHEMA: Final = frozenset({"minLength", "maxLength", "minimum", "maximum", "required"})
_SCHEMA_TYPES: Final = frozenset({"string", "integer", "number", "object", "array", "boolean"})


class Says(NamedTuple):
    """What a name says of its value.

    Attributes:
        reason: why it is sensitive, or None.
        said: the words that announce it in a text, or None.
    """

    reason: str | None
    said: str | None


NOTHING: Final = Says(None, None)


class Names:
    """Tells what names say, and remembers."""

    __slots__ = ("_known", "_sensitive")

    def __init__(self, sensitive: Callable[[str], str | None]) -> None:
        """Begin with nothing remembered.

        Args:
            sensitive: why what stands under a key of this name is sensitive, or None.
        """
        self._sensitive = sensitive
        self._known: dict[str, Says] = {}

    def says(self, old: str, new: str) -> Says:
        """Tell what a name says of its value.

        Args:
            old: the name as it was.
            new: the name as it will be.
        """
        found = self._known.get(new)
        if found is None:
            reason, said = self._sensitive(new), announced(new)
            found = self._known[new] = Says(reason, said) if reason or said else NOTHING
        if old == new or found.reason is not None:
            return found
        before = self.says(old, old)
        return Says(before.reason, found.said or before.said)

    def beside(self, value: Mapping[str, object], renamed: Callable[[str], str]) -> Says:
        """Tell what the name in `{"name": "DB_PASSWORD", "value": "x"}` says of the value."""
        if _VALUES.isdisjoint(value):
            return NOTHING
        for key in _NAMES:
            name = value.get(key)
            if isinstance(name, str) and "[" not in name and "=" not in name:
                found = self.says(name, renamed(name))
                if found is not NOTHING:
                    return found
        return NOTHING


def holds_value(name: str) -> bool:
    """Tell whether a field is the value beside a name."""
    return name in _VALUES


def names_one(name: str) -> bool:
    """Tell whether a field of somebody or something holds what it is called."""
    return name in _OF_USERS


@lru_cache(maxsize=4096)
def announced(name: str) -> str | None:
    """Tell what a name says of its value: `user=`, `host=`, or None."""
    if name in _IN_TEXT:
        return _IN_TEXT[name]
    # `[user]` is somebody, and `user=jane` says it already: no names.
    return None if "[" in name or "=" in name else sensitive_key(name, _ANNOUNCES)


def describes(value: Mapping[str, object]) -> bool:
    """Tell whether a mapping describes a value and holds none: a piece of a JSON schema.

    >>> describes({"type": "string", "minLength": 8}), describes({"type": "string", "x": "y"})
    (True, False)
    """
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in _SCHEMA_TYPES:
        return False
    bounds = value.keys() - {"type"}
    return bounds <= _SCHEMA and all(isinstance(value[name], int | float) for name in bounds)
