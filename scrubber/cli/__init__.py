"""
The `scrubber` command. The only part of the package that needs click.

Nothing is imported until `main` runs, so that a missing extra is one sentence and not a traceback.
"""

from __future__ import annotations

import sys

NEEDS_CLICK = "scrubber needs click: pip install 'crashscrub[cli]'"


def main() -> None:
    """Run the command with the arguments of the process, and exit."""
    try:
        import click  # noqa: F401  # only to see whether it is there
    except ModuleNotFoundError:
        sys.stderr.write(f"{NEEDS_CLICK}\n")
        sys.exit(2)
    from scrubber.cli.app import run

    run()
