"""
Where the packaged rules are.

A wheel carries them inside the package; an editable install and a checkout have them beside it.
Both are looked for, so that the same code serves both and nothing has to be generated.
"""

from __future__ import annotations

from pathlib import Path

from scrubber.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent.parent


def rules_dir(package: Path = _PACKAGE) -> Path:
    """Give the folder of the packaged rules.

    Args:
        package: the folder of the package.

    Returns:
        The folder that holds one TOML file a family, and `policies/`.

    Raises:
        ConfigError: neither place has one.
    """
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / "policies").is_dir():
            return folder
    msg = "the packaged rules are missing; reinstall crashscrub"
    raise ConfigError(msg)


def rule_files(folder: Path) -> tuple[Path, ...]:
    """Give the rule files of a folder, in name order."""
    return tuple(sorted(folder.glob("*.toml")))


def policy_files(folder: Path) -> tuple[Path, ...]:
    """Give the policy files of a folder, in name order."""
    return tuple(sorted((folder / "policies").glob("*.toml")))
