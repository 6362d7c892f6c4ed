"""A document that is no JSON, held by the exception and by a local."""
# [plants] email client_secret person
# [stays] Expecting ',' delimiter

from __future__ import annotations

import json

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def read_answer(document: str) -> object:
    """Read an answer of a service."""
    try:
        return json.loads(document)
    except json.JSONDecodeError as error:
        error.add_note(f"in {error.doc}")
        raise


start()
answer = {"email": of("email"), "client_secret": of("client_secret"), "full_name": of("person")}
read_answer(json.dumps(answer)[:-1] + ' "next": 1}')
