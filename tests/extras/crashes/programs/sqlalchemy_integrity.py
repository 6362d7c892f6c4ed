"""A row that is there already: the statement and its parameters are in the message."""
# [requires] sqlalchemy
# [plants] email card phone url_password
# [stays] UNIQUE constraint failed: members.email
# [stays] INSERT INTO members

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Add a member twice."""
    database_url = of("url_password")
    engine = create_engine("sqlite://")
    tables = MetaData()
    members = Table(
        "members",
        tables,
        Column("id", Integer, primary_key=True),
        Column("email", String, unique=True),
        Column("card", String),
        Column("phone", String),
    )
    tables.create_all(engine)
    row = {"email": of("email"), "card": of("card"), "phone": of("phone")}
    with engine.begin() as connection:
        connection.execute(insert(members), row)
        connection.execute(insert(members), row)
    print(database_url)


start()
main()
