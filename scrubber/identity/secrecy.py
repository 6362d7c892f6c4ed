"""
What an object that names people says when somebody wants to write it down.

A pickle goes to a file, a queue or another machine, and a copy is how caches and forms of test
reports get hold of fields. Neither is ever what the owner of an identity meant.
"""

from __future__ import annotations

from typing import Never


def refuse(what: str) -> Never:
    """Refuse to pickle or copy.

    Args:
        what: the name of the type.

    Raises:
        TypeError: always.
    """
    raise TypeError(
        f"{what} is neither pickled nor copied, so that no name is written to a disk by accident; "
        "use the same object, or send the values where they are needed"
    )
