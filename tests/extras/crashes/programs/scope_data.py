"""What an application sets on the scope: tags, extra, contexts, the user, the transaction."""
# [plants] email ipv4 person home_linux server mac password phone
# [stays] model.family
# [stays] yolo11n

from __future__ import annotations

import sentry_sdk

from tests.extras.crashes.planted import ACCOUNT, HOST, of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Set everything and send a message."""
    sentry_sdk.set_tags({"model.family": "yolo11n", "machine": HOST, "owner": ACCOUNT})
    sentry_sdk.set_tag("contact", of("email"))
    sentry_sdk.set_user(
        {
            "id": ACCOUNT,
            "username": ACCOUNT,
            "name": of("person"),
            "email": of("email"),
            "ip_address": of("ipv4"),
            "geo": {"city": "Brno", "country_code": "CZ"},
            "data": {"phone": of("phone")},
        }
    )
    sentry_sdk.set_extra("dataset", {"root": of("home_linux"), "classes": 80})
    sentry_sdk.set_extra("password", of("password"))
    sentry_sdk.set_extra(f"limits of {of('email')}", 5)
    sentry_sdk.set_context("device", {"name": HOST, "mac": of("mac"), "memory_size": 64})
    sentry_sdk.set_context("deployment", {"server": of("server"), "replicas": 3})
    scope = sentry_sdk.get_current_scope()
    scope.set_transaction_name(f"train {of('home_linux')}")
    scope.fingerprint = ["{{ default }}", of("email")]
    sentry_sdk.capture_message(f"drift was found, tell {of('email')}", level="warning")


start()
main()
