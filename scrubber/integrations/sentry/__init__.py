"""
Where crashscrub meets sentry-sdk.

    from scrubber.integrations.sentry import install

    install(dsn="...")

This module only gives the public names. Importing it does not import sentry-sdk; `install` does.
"""

from scrubber.integrations.sentry.install import Status, install, status, uninstall

__all__ = ["Status", "install", "status", "uninstall"]
