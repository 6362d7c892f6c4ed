"""
Where an application's settings lie: a folder of its own among those of the user.

`SCRUBBER_CONFIG_DIR` names another place, in which each application has its folder: for tests, for
containers, and where platformdirs is not installed.

Promise: nothing is made here, and an error names no folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from scrubber.errors import ConfigError
from scrubber.lazy import lazy_pattern

VARIABLE: Final = "SCRUBBER_CONFIG_DIR"
NEEDS_PLATFORMDIRS: Final = (
    f"settings need platformdirs: pip install 'crashscrub[settings]', or set {VARIABLE}"
)

# What decides where platformdirs looks. Asking it takes longer than scrubbing a short text.
_DECIDING: Final = (VARIABLE, "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_APP: Final = lazy_pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
# Windows opens a device of that name in every folder, whatever stands behind the first dot.
_DEVICE: Final = lazy_pattern(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


class NowhereError(ConfigError):
    """This user has no place for settings, so there can be none of theirs."""


def app_checked(app: str) -> str:
    """Give the name of an application, if it can be one of a folder everywhere.

    Args:
        app: 1 to 64 letters, digits, dots, hyphens and underscores of ASCII.

    Returns:
        The same.

    Raises:
        ValueError: it cannot be one.

    >>> app_checked("../mylib")
    Traceback (most recent call last):
    ValueError: app: must be letters, digits, '.', '-' and '_', as a package is named
    """
    if type(app) is not str or not _APP.fullmatch(app) or _DEVICE.fullmatch(app):
        raise ValueError("app: must be letters, digits, '.', '-' and '_', as a package is named")
    return app


def deciding() -> tuple[str | None, ...]:
    """Give what decides about the place: while it is the same, so is `folder_of`."""
    get = os.environ.get
    return tuple([get(name) for name in _DECIDING])


def folder_of(app: str) -> Path:
    """Give the folder of an application's settings.

    Args:
        app: its name, checked.

    Returns:
        An absolute path; there need not be such a folder.

    Raises:
        NowhereError: platformdirs is not installed, or the user has no home.
        ConfigError: `SCRUBBER_CONFIG_DIR` is not absolute: it would be another in each folder.
    """
    named = os.environ.get(VARIABLE, "")
    if named:
        with suppress(RuntimeError):  # no home: it stays as it is, and is not absolute
            path = Path(named).expanduser()
            if path.is_absolute():
                return path / app
        raise ConfigError(f"{VARIABLE} must be an absolute path")
    try:
        import platformdirs
    except ModuleNotFoundError:
        raise NowhereError(NEEDS_PLATFORMDIRS) from None
    path = platformdirs.user_config_path(app, appauthor=False)
    if not path.is_absolute():
        raise NowhereError(f"there is no home to keep settings in; set {VARIABLE}")
    return path
