"""
Hypothesis strategies for what stands in reports, with something planted that must go.

    from hypothesis import given
    from scrubber.testing import assert_no_leak
    from scrubber.testing.strategies import encoded, planted

    @given(encoded(planted("EMAIL_ADDRESS")))
    def test_no_mailbox_leaves(sample):
        assert_no_leak(my_hook, sample)

Strategies for values give a `Planted`; those for texts and events give a `Sample`: content, what
was planted in it, and what must stay. The mutators give texts of which nothing is promised.

Promise: every value is reserved, generated or made up, so none can be anybody's.
"""

from scrubber.testing.strategies.addresses import ip_addresses
from scrubber.testing.strategies.encode import encoded
from scrubber.testing.strategies.events import sentry_events
from scrubber.testing.strategies.home_paths import home_paths
from scrubber.testing.strategies.images import image_blobs
from scrubber.testing.strategies.logs import log_lines
from scrubber.testing.strategies.mailboxes import emails
from scrubber.testing.strategies.mutate import cut, glued, near_misses, twinned
from scrubber.testing.strategies.people import person_names, usernames
from scrubber.testing.strategies.plant import planted
from scrubber.testing.strategies.secrets import secrets
from scrubber.testing.strategies.tracebacks import tracebacks
from scrubber.testing.strategies.training import ml_log_lines

__all__ = [
    "cut",
    "emails",
    "encoded",
    "glued",
    "home_paths",
    "image_blobs",
    "ip_addresses",
    "log_lines",
    "ml_log_lines",
    "near_misses",
    "person_names",
    "planted",
    "secrets",
    "sentry_events",
    "tracebacks",
    "twinned",
    "usernames",
]
