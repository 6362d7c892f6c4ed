"""What a user wrote about a crash, in the newer and the older form."""
# [plants] email person home_linux phone
# [stays] the import hangs

from __future__ import annotations

from typing import Any, cast

import sentry_sdk
from sentry_sdk.envelope import Envelope, Item, PayloadRef

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start

MESSAGE = f"the import hangs on {of('home_linux')}, call {of('phone')}"


def feedback() -> dict[str, str]:
    """Give what the newer form holds."""
    return {
        "contact_email": of("email"),
        "name": of("person"),
        "message": MESSAGE,
        "url": f"https://app.example.com/import?user={of('email')}",
    }


def report(number: str | None) -> Item:
    """Give what the older form holds."""
    fields = {"event_id": number, "email": of("email"), "name": of("person"), "comments": MESSAGE}
    return Item(payload=PayloadRef(json=fields), type="user_report")


def main() -> None:
    """Send feedback twice."""
    # Not kept in a local: nothing there would tell that `name` is the name of a person.
    sentry_sdk.capture_event(
        cast("Any", {"type": "feedback", "contexts": {"feedback": feedback()}})
    )
    number = sentry_sdk.capture_message("import hangs")
    envelope = Envelope(headers={"event_id": number})
    envelope.add_item(report(number))
    transport = sentry_sdk.get_client().transport
    assert transport is not None
    transport.capture_envelope(envelope)


start()
main()
sentry_sdk.flush(20)
