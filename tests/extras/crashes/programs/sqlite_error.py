"""A query written by hand, with its values in it."""
# [plants] email ssn card
# [stays] no such column: surname

from __future__ import annotations

import sqlite3

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def find(connection: sqlite3.Connection, email: str) -> None:
    """Look for one member."""
    query = f"SELECT surname FROM members WHERE email = '{email}' AND ssn = '{of('ssn')}'"  # noqa: S608
    row = ("card", of("card"))
    try:
        connection.execute(query)
    except sqlite3.OperationalError as error:
        error.add_note(f"query: {query}")
        raise
    print(row)


start()
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE members (email TEXT, ssn TEXT)")
find(database, of("email"))
