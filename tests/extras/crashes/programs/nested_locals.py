"""A configuration in a local, many levels deep."""
# [plants] email password client_secret home_macos person
# [stays] unknown optimizer adamm

from __future__ import annotations

from typing import Any

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def build(config: dict[str, Any]) -> None:
    """Build the trainer."""
    auth = config["service"]["auth"]
    pairs = [("email", of("email")), ("password", of("password"))]
    people = {"patient_name": of("person")}
    tokenizer = "cl100k_base"
    message = f"unknown optimizer {config['optimizer']}"
    raise ValueError(message, len(auth), len(pairs), len(people), tokenizer)


def main() -> None:
    """Read the configuration."""
    config = {
        "optimizer": "adamm",
        "service": {"auth": {"client_secret": of("client_secret"), "password": of("password")}},
        "paths": {"cache": of("home_macos"), "more": [{"cache_dir": of("home_macos")}]},
        "contact": {"email": of("email"), "full_name": of("person")},
    }
    build(config)


start()
main()
