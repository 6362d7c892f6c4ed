"""What is installed from the wheel has the rules of the source tree and needs what it declares.

The wheel is built through the source distribution, so both are complete. The clean environment gets
the wheel and the declared core dependencies, copied from the running one: no index, no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from contextlib import nullcontext, suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

import pytest

from scrubber import Scrubber
from scrubber.wiring import load_ruleset

ROOT = Path(__file__).resolve().parent.parent
LIST_RULES = (
    "import json, scrubber; ids = [rule.id for rule in scrubber.Scrubber().ruleset.rules];"
    "print(json.dumps([scrubber.__file__, ids]))"
)
LOAD_PACKED = (
    "import hashlib, json; from dataclasses import replace;"
    "from scrubber.ruleset import packed; from scrubber.ruleset.locate import rules_dir;"
    "found = packed.load(rules_dir());"
    "here = [replace(rule, source='') for rule in found.rules] if found else [];"
    "print(json.dumps([bool(found), hashlib.sha256(repr(here).encode()).hexdigest()]))"
)


class Installed(NamedTuple):
    """A wheel and the environment it was installed into."""

    wheel: Path
    folder: Path

    @property
    def scripts(self) -> Path:
        """Where the environment keeps its commands."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the source tree and return its output."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout


def copy_distribution(name: str, target: Path) -> None:
    """Copy an installed distribution's files from the running environment."""
    for file in distribution(name).files or ():
        if ".." not in file.parts and file.suffix != ".pyc":
            copy = target / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file.locate(), copy)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, installed where nothing else is."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        folder / "dist",
        ROOT,
        cwd=folder,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    result = Installed(wheel, folder / "venv")
    python = result.scripts / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index")
    run(*pip, "--no-deps", wheel, cwd=folder)
    purelib = run(
        python, "-Ic", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in project["dependencies"]:
        # One with a marker is not everywhere, and is done without.
        with suppress(PackageNotFoundError) if ";" in requirement else nullcontext():
            copy_distribution(requirement.partition(">=")[0], Path(purelib.strip()))
    return result


def test_wheel_has_the_rules_of_the_source_tree(installed: Installed, tmp_path: Path) -> None:
    """From another folder, in isolation, the same rule ids load as here."""
    output = run(installed.scripts / "python", "-Ic", LIST_RULES, cwd=tmp_path)
    file, rule_ids = json.loads(output)
    assert Path(file).is_relative_to(installed.folder)
    assert rule_ids == [rule.id for rule in Scrubber().ruleset.rules]


def test_installed_rules_come_from_the_file_written_for_them(
    installed: Installed, tmp_path: Path
) -> None:
    """The wheel brings its rules built, and from there they equal those of the source tree."""
    output = run(installed.scripts / "python", "-Ic", LOAD_PACKED, cwd=tmp_path)
    loaded, digest = json.loads(output)
    assert loaded
    here = [replace(rule, source="") for rule in load_ruleset().rules]
    assert digest == hashlib.sha256(repr(here).encode()).hexdigest()


def test_every_rule_written_is_loaded() -> None:
    """No rule file is left out by the loader: the ids are read here without it."""
    files = (ROOT / "rules").glob("*.toml")
    written = [
        rule["id"] for file in files for rule in tomllib.loads(file.read_text("utf-8"))["rule"]
    ]
    assert written != []
    assert sorted(written) == sorted(rule.id for rule in Scrubber().ruleset.rules)


def test_wheel_holds_only_the_package(installed: Installed) -> None:
    """Nothing but scrubber/ and the metadata is installed, and the rules and types are."""
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    version = distribution("crashscrub").version
    assert {name.partition("/")[0] for name in names} == {
        "scrubber",
        f"crashscrub-{version}.dist-info",
    }
    rules = {
        f"scrubber/_rules/{p.relative_to(ROOT / 'rules')}" for p in (ROOT / "rules").rglob("*.toml")
    }
    assert rules <= set(names)
    assert "scrubber/py.typed" in names
    assert f"crashscrub-{version}.dist-info/licenses/LICENSE" in names


def test_command_without_its_extra_says_what_to_install(
    installed: Installed, tmp_path: Path
) -> None:
    """Without click the command fails, and its last word is the pip command."""
    done = subprocess.run(
        [installed.scripts / "scrubber", "--help"],
        cwd=tmp_path,
        check=False,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert done.returncode != 0
    assert "pip install 'crashscrub[cli]'" in done.stderr
