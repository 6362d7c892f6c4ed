"""
What stands in an event for a value that is none of JSON: the name of its type.

Promise: no code of the type runs, nor of its metaclass; what is no name of code is `<object>`.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern

_TYPE_NAME: Final = lazy_pattern(
    r"[A-Za-z_]\w{0,63}(?:\.(?:[A-Za-z_]\w{0,63}|<locals>)){1,15}", re.ASCII
)


def type_name(kind: type) -> str:
    """Name a type without asking its metaclass, whose attributes may be anything.

    Args:
        kind: the type.

    Returns:
        `<module.QualName>`.

    >>> type_name(dict), type_name(type("odd name", (), {"__module__": "m"}))
    ('<builtins.dict>', '<object>')
    """
    try:
        module = type.__dict__["__module__"].__get__(kind)
    except AttributeError:  # made where there was no module
        module = None
    qualname = type.__dict__["__qualname__"].__get__(kind)
    if type(module) is not str or type(qualname) is not str:
        return "<object>"
    name = f"{module}.{qualname}"
    return f"<{name}>" if _TYPE_NAME.fullmatch(name) else "<object>"
