"""Failures of several shards, in groups within a group."""
# [plants] email home_linux mac server
# [stays] shards failed
# [stays] shard is truncated

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def failure(kind: type[Exception], text: str) -> Exception:
    """Raise and catch, so that it has a traceback."""
    try:
        raise kind(text)  # noqa: TRY301
    except kind as error:
        return error


def main() -> None:
    """Collect what failed."""
    first = failure(ValueError, f"shard is truncated: {of('home_linux')}")
    second = failure(TimeoutError, f"no answer, host={of('server')} card {of('mac')}")
    inner = ExceptionGroup("retries", [second, failure(KeyError, of("email"))])
    raise ExceptionGroup(f"shards failed for {of('email')}", [first, inner])


start()
main()
