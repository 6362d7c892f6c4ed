"""Dataclasses, named tuples and an enumeration as locals."""
# [plants] email password person home_linux iban
# [stays] transfer was rejected

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


@dataclass
class Credentials:
    """Who logs in."""

    email: str
    password: str
    full_name: str


class Member(NamedTuple):
    """Who is a member."""

    iban: str
    folder: str


def transfer(credentials: Credentials, member: Member) -> None:
    """Transfer money."""
    both = {"from": credentials, "to": member, "list": [credentials, member]}
    raise PermissionError("transfer was rejected", both)


start()
transfer(
    Credentials(of("email"), of("password"), of("person")),
    Member(of("iban"), of("home_linux")),
)
