"""Documents are tried by the command, too."""

from tests.cli.conftest import command, folder, scrubber, spawn

__all__ = ["command", "folder", "scrubber", "spawn"]
