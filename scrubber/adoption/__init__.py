"""
Crash reports and usage events of a library, behind one consent of its users.

    from scrubber.adoption import Plan, adopt

This module only gives the public names, each fetched from its module when it is first asked for
(PEP 562).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.adoption.adopting import Adoption, adopt
    from scrubber.adoption.page import disclosure
    from scrubber.adoption.plan import Plan

_HOME = {
    "Adoption": "adopting",
    "Plan": "plan",
    "adopt": "adopting",
    "disclosure": "page",
}

__all__ = ["Adoption", "Plan", "adopt", "disclosure"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module 'scrubber.adoption' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"scrubber.adoption.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
