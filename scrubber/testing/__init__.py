"""
Prove that what your program reports names nobody.

    from scrubber.testing import Planted, Sample, assert_no_leak

    mailbox = Planted("EMAIL_ADDRESS", "jane@example.com", ("jane",))
    assert_no_leak(my_before_send, Sample({"message": "lost jane@example.com"}, (mailbox,)))

This module only gives the public names, each fetched from its module when it is first asked for
(PEP 562): `Planted`, `Sample` and the assertions need neither Hypothesis nor pytest, the strategies
and profiles need Hypothesis: `pip install 'crashscrub[testing]'`. The function `leaks` is in the
module of that name, which would hide it here.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.testing.assertions import (
        assert_engines_agree,
        assert_idempotent,
        assert_no_leak,
        assert_utility_kept,
    )
    from scrubber.testing.leaks import Leak
    from scrubber.testing.planting import Planted, Sample
    from scrubber.testing.profiles import load_profile
    from scrubber.testing.strategies import (
        cut,
        emails,
        encoded,
        glued,
        home_paths,
        image_blobs,
        ip_addresses,
        log_lines,
        ml_log_lines,
        near_misses,
        person_names,
        planted,
        secrets,
        sentry_events,
        tracebacks,
        twinned,
        usernames,
    )

_HOME = {
    "Leak": "leaks",
    "Planted": "planting",
    "Sample": "planting",
    "assert_engines_agree": "assertions",
    "assert_idempotent": "assertions",
    "assert_no_leak": "assertions",
    "assert_utility_kept": "assertions",
    "cut": "strategies",
    "emails": "strategies",
    "encoded": "strategies",
    "glued": "strategies",
    "home_paths": "strategies",
    "image_blobs": "strategies",
    "ip_addresses": "strategies",
    "load_profile": "profiles",
    "log_lines": "strategies",
    "ml_log_lines": "strategies",
    "near_misses": "strategies",
    "person_names": "strategies",
    "planted": "strategies",
    "secrets": "strategies",
    "sentry_events": "strategies",
    "tracebacks": "strategies",
    "twinned": "strategies",
    "usernames": "strategies",
}

__all__ = [
    "Leak",
    "Planted",
    "Sample",
    "assert_engines_agree",
    "assert_idempotent",
    "assert_no_leak",
    "assert_utility_kept",
    "cut",
    "emails",
    "encoded",
    "glued",
    "home_paths",
    "image_blobs",
    "ip_addresses",
    "load_profile",
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


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module 'scrubber.testing' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"scrubber.testing.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
