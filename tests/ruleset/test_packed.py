"""The packaged ruleset in one file: the same ruleset, or none when anything is different."""

from __future__ import annotations

import ast
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import scrubber.ruleset
from scrubber.ruleset import packed, prebuilt
from scrubber.ruleset.load import build_ruleset, read_documents
from scrubber.ruleset.locate import policy_files, rule_files, rules_dir
from scrubber.ruleset.model import Allowed, Ruleset
from scrubber.validators import VALIDATORS

RULESET = Path(scrubber.ruleset.__file__).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few rule files and the policies."""
    made = tmp_path_factory.mktemp("rules")
    (made / "policies").mkdir()
    for file in policy_files(rules_dir()):
        shutil.copy(file, made / "policies" / file.name)
    for name in ("network.toml", "images.toml", "payment.toml", "contact.toml"):
        shutil.copy(rules_dir() / name, made / name)
    return made


@pytest.fixture(scope="module")
def ruleset(folder: Path) -> Ruleset:
    """What they say, and something to leave alone."""
    known = prebuilt.load(rules_dir())
    documents, problems = read_documents(rule_files(folder), policy_files(folder), packaged=True)
    # Policies name entities of rules that are not here.
    documents = [
        replace(one, raw={"policy": [{**raw, "operators": {}} for raw in one.raw["policy"]]})
        if "policy" in one.raw
        else one
        for one in documents
    ]
    built = build_ruleset(documents, validators=VALIDATORS, problems=problems, prebuilt=known)
    return replace(built, allowed=(Allowed("192.0.2.1", entity="IP_ADDRESS"),))


@pytest.fixture
def written(folder: Path, ruleset: Ruleset) -> Path:
    """The folder with its ruleset written down."""
    packed.write(folder, ruleset)
    return folder


def test_what_is_written_is_read_back(written: Path, ruleset: Ruleset) -> None:
    """Every field of rules and policies, examples and all."""
    assert any(rule.blob for rule in ruleset.rules)
    assert any(rule.context for rule in ruleset.rules)
    assert packed.load(written) == ruleset


def test_without_examples_the_rest_is_the_same(written: Path, ruleset: Ruleset) -> None:
    """Who only runs rules gets them without, and without the file of examples."""
    (written / packed.EXAMPLES_FILE).unlink()
    bare = tuple(replace(rule, match=(), no_match=()) for rule in ruleset.rules)
    assert packed.load(written, examples=False) == replace(ruleset, rules=bare)
    assert packed.load(written) is None


@pytest.mark.parametrize("name", [packed.FILE, packed.EXAMPLES_FILE])
def test_a_broken_file_gives_nothing(written: Path, name: str) -> None:
    """Cut, changed in one bit anywhere, or empty."""
    whole = (written / name).read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for content in (whole[:-1], whole[:10], b"", flipped, whole + b"x"):
        (written / name).write_bytes(content)
        assert packed.load(written) is None
    (written / name).write_bytes(whole)
    assert packed.load(written) is not None


@pytest.mark.parametrize("name", ["payment.toml", "policies/strict.toml"])
def test_a_changed_file_of_rules_or_policies_gives_nothing(written: Path, name: str) -> None:
    """Even a blank more: what is read must be what was written."""
    text = (written / name).read_text("utf-8")
    (written / name).write_text(text + "\n", "utf-8")
    assert packed.load(written) is None
    (written / name).write_text(text, "utf-8")
    assert packed.load(written) is not None


def test_a_new_file_of_rules_gives_nothing(written: Path) -> None:
    """And without it, all is as before."""
    (written / "more.toml").write_text("", "utf-8")
    assert packed.load(written) is None
    (written / "more.toml").unlink()
    assert packed.load(written) is not None


def test_other_code_gives_nothing(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that builds rules was changed."""
    other = tmp_path / "measure.py"
    other.write_text("# other", "utf-8")
    sources = packed.builder_sources()
    changed = [other if one.name == other.name else one for one in sources]
    monkeypatch.setattr(packed, "builder_sources", lambda: changed)
    assert packed.load(written) is None


def test_the_packaged_rules_are_read_as_they_are_built() -> None:
    """All of them, where they were written for this checkout."""
    folder = rules_dir()
    found = packed.load(folder)
    if found is None:
        pytest.skip("they were changed since: python hatch_build.py")
    documents, problems = read_documents(rule_files(folder), policy_files(folder), packaged=True)
    assert found == build_ruleset(
        documents, validators=VALIDATORS, problems=problems, prebuilt=prebuilt.load(folder)
    )


def test_whatever_decides_what_a_rule_is_is_in_the_digest() -> None:
    """Every module of this package that building rules imports, through however many others."""
    seen: set[str] = set()
    todo = ["load"]
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        tree = ast.parse((RULESET / f"{name}.py").read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "scrubber.ruleset"
            ):
                last = (node.module or "").rpartition(".")[2]
                names = [one.name for one in node.names] if last == "ruleset" else [last]
                todo += names
    assert {"build", "linear", "parse", "policies"} <= seen
    assert seen <= {path.stem for path in packed.builder_sources()}
