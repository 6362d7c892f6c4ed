"""A module with a password, a key and a path written into its source lines."""
# [plants] password openai_key home_linux email
# [stays] SESSION.login
# [stays] service is closed

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start

SOURCE = """
class Session:
    def login(self, **options):
        raise PermissionError("service is closed")

SESSION = Session()

def connect():
    password = {password!r}
    openai_api_key = {key!r}
    # ask {email} for a new one
    SESSION.login(password=password, key=openai_api_key, data={path!r})
    return True
"""


start()
module = Path(sys.argv[0]).with_name("hardcoded.py")
text = SOURCE.format(
    password=of("password"), key=of("openai_key"), email=of("email"), path=of("home_linux")
)
module.write_text(text, "utf-8")
importlib.import_module("hardcoded").connect()
