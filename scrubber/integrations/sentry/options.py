"""
The options of `sentry_sdk.init` with a hook of ours in every place this SDK has for one.

Which places there are differs: logs, metrics and spans began under `_experiments` and came to the
top later, and an option that a version does not know is a TypeError. So the SDK is asked for its
defaults; its version number is not, for forks and backports have their own.

Promise: the options given are not written to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrubber.integrations.sentry.hooks import KINDS, SPAN, Hook

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from scrubber.integrations.sentry.setup import Setup

_EXPERIMENTS: Final = "_experiments"
_BEGAN_THERE: Final = frozenset({"before_send_log", "before_send_metric", SPAN})


def with_hooks(options: Mapping[str, Any], known: Container[str], setup: Setup) -> dict[str, Any]:
    """Give options with every hook in its place.

    Args:
        options: as the user gave them.
        known: the options this SDK has at the top.
        setup: what the hooks share.

    Returns:
        New options.
    """
    done = dict(options)
    experiments = dict(done.get(_EXPERIMENTS) or {})
    for name in KINDS:
        tried = experiments.pop(name, None) if name in _BEGAN_THERE else None
        users = _users(done.pop(name, None) or tried)
        # With spans that are sent as a whole, the SDK never calls it, and says so aloud.
        if name == SPAN and users is None and not _streams(options):
            continue
        place = done if name in known or name not in _BEGAN_THERE else experiments
        place[name] = Hook(name, users, setup)
    if experiments or _EXPERIMENTS in options:
        done[_EXPERIMENTS] = experiments
    return done


def _users(hook: Any) -> Any:  # noqa: ANN401  # whatever was given; the SDK would call it
    """Give the user's own hook, where ours was given back to us."""
    return hook.users if isinstance(hook, Hook) else hook


def _streams(options: Mapping[str, Any]) -> bool:
    """Tell whether spans are sent one by one."""
    named = options.get("trace_lifecycle")
    if named is None:
        named = (options.get(_EXPERIMENTS) or {}).get("trace_lifecycle")
    return bool(named == "stream")
