"""A user's configuration: rule files, and `[tool.scrubber]` of a `pyproject.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import Problem, RulesetError
from scrubber.ruleset.config import Config, find_pyproject, read_config
from scrubber.ruleset.load import Document, build_ruleset

if TYPE_CHECKING:
    from scrubber.ruleset.model import Ruleset

RULE = """
[[{header}rule]]
id = "{rule_id}"
entity = "{entity}"
description = "Number of a badge."
confidence = 0.9
pattern = "BADGE-[0-9]{{6}}"
match = ["at «BADGE-000001»", "«BADGE-000002» left"]
no_match = ["BADGE-x", "badge"]
"""


def rule_text(rule_id: str, *, header: str = "", entity: str = "BADGE") -> str:
    """Return a rule as a file has it."""
    return RULE.format(rule_id=rule_id, header=header, entity=entity)


def write(path: Path, text: str) -> Path:
    """Write a file and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def loaded(config: Config) -> Ruleset:
    """Build what a configuration says, beside one packaged policy."""
    packaged = Document("balanced.toml", {"policy": [{"id": "balanced"}]}, packaged=True)
    documents = (packaged, *config.documents)
    return build_ruleset(documents, validators=(), problems=config.problems)


def test_no_file_is_no_configuration() -> None:
    """Nothing is read that was not named."""
    assert read_config([]) == Config()


def test_rule_file_is_a_document(tmp_path: Path) -> None:
    """Its source is its path, and it is judged like every rule of a user."""
    path = write(tmp_path / "own.toml", rule_text("own.badge"))
    (document,) = read_config([path]).documents
    assert document.source == str(path)
    assert not document.packaged
    assert document.raw["rule"][0]["id"] == "own.badge"


def test_section_may_hold_everything(tmp_path: Path) -> None:
    """Rules, overrides, allowed values, policies, the default policy and further files at once."""
    write(tmp_path / "scrub" / "doors.toml", rule_text("own.door", entity="DOOR"))
    pyproject = write(
        tmp_path / "pyproject.toml",
        """
        [project]
        name = "example"
        [tool.scrubber]
        default_policy = "mine"
        rules = ["scrub/doors.toml"]
        [tool.scrubber.override."own.door"]
        confidence = 0.25
        [[tool.scrubber.allow]]
        value = "BADGE-000000"
        [[tool.scrubber.policy]]
        id = "mine"
        extends = "balanced"
        entities = ["BADGE", "DOOR"]
        """
        + rule_text("own.badge", header="tool.scrubber."),
    )
    config = read_config([pyproject])
    ruleset = loaded(config)
    assert config.default_policy == "mine"
    assert [(rule.id, rule.confidence) for rule in ruleset.rules] == [
        ("own.badge", 0.9),
        ("own.door", 0.25),
    ]
    assert [one.value for one in ruleset.allowed] == ["BADGE-000000"]
    assert ruleset.policies["mine"].entities == ("BADGE", "DOOR")


def test_section_has_the_last_word_over_its_files(tmp_path: Path) -> None:
    """It may extend a policy of a shared file, and its overrides win."""
    write(
        tmp_path / "team.toml",
        rule_text("own.badge") + '[override."own.badge"]\nconfidence = 0.1\n'
        '[[policy]]\nid = "team"\nextends = "balanced"\nkeep_last = 4\n',
    )
    pyproject = write(
        tmp_path / "pyproject.toml",
        '[tool.scrubber]\nrules = ["team.toml"]\n'
        '[tool.scrubber.override."own.badge"]\nconfidence = 0.2\n'
        '[[tool.scrubber.policy]]\nid = "mine"\nextends = "team"\n',
    )
    ruleset = loaded(read_config([pyproject]))
    assert ruleset.policies["mine"].keep_last == 4
    assert ruleset.rules[0].confidence == 0.2


@pytest.mark.parametrize("text", ["", "[tool.other]\nkey = 1\n", "[tool.scrubber]\n"])
def test_pyproject_without_a_word_about_it_changes_nothing(tmp_path: Path, text: str) -> None:
    """Other tools' sections are not looked at."""
    config = read_config([write(tmp_path / "pyproject.toml", text)])
    assert (config.default_policy, config.problems) == ("", ())
    assert loaded(config) == loaded(Config())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("one", "two", "two"), ("one", "", "one"), ("", "two", "two")],
)
def test_last_default_policy_counts(tmp_path: Path, first: str, second: str, expected: str) -> None:
    """A later file that names none leaves the one before."""
    paths = [
        write(tmp_path / folder / "pyproject.toml", f'[tool.scrubber]\ndefault_policy = "{name}"')
        for folder, name in (("a", first), ("b", second))
    ]
    assert read_config(paths).default_policy == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tool = 3", "tool.scrubber must be a table"),
        ("[tool]\nscrubber = 3", "tool.scrubber must be a table"),
        ("[[tool.scrubber]]", "tool.scrubber must be a table"),
        (
            "[tool.scrubber]\ndefault_policy = 3",
            "tool.scrubber.default_policy must be a string that is not empty",
        ),
        (
            '[tool.scrubber]\nrules = "own.toml"',
            "tool.scrubber.rules must be an array of strings, none empty",
        ),
        (
            "[tool.scrubber]\npolcy = 1",
            (
                "unknown key tool.scrubber.polcy; known: allow, default_policy, override, policy,"
                " rule, rules"
            ),
        ),
        (
            "[tool.scrubber.rule]",
            "tool.scrubber.rule must be an array of tables: [[tool.scrubber.rule]]",
        ),
        ("[tool.scrubber]\noverride = 3", "tool.scrubber.override must be a table"),
    ],
)
def test_wrong_section_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    """The reason has the whole name of the key, as it stands in the file."""
    path = write(tmp_path / "pyproject.toml", text)
    with pytest.raises(RulesetError) as caught:
        loaded(read_config([path]))
    assert caught.value.problems == (Problem(str(path), "", reason),)


def test_every_problem_of_every_file_is_kept(tmp_path: Path) -> None:
    """Files that cannot be read do not hide what is wrong with the others."""
    pyproject = write(
        tmp_path / "pyproject.toml",
        '[tool.scrubber]\nrules = ["gone.toml", "bad.toml"]\npolcy = 1\n',
    )
    bad = write(tmp_path / "bad.toml", "[[rule")
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# \xe9")
    broken = write(tmp_path / "b" / "pyproject.toml", "tool = ")
    own = write(tmp_path / "own.toml", rule_text("own.badge", entity="Badge"))
    with pytest.raises(RulesetError) as caught:
        loaded(read_config([latin, pyproject, broken, own]))
    assert [(one.source, one.reason.split(":")[0]) for one in caught.value.problems] == [
        (str(latin), "is not UTF-8"),
        (str(tmp_path / "gone.toml"), "cannot be read"),
        (str(bad), "is not TOML"),
        (str(broken), "is not TOML"),
        (str(pyproject), "unknown key tool.scrubber.polcy; known"),
        (str(own), "entity must be UPPER_SNAKE"),
    ]


@pytest.mark.parametrize("start", ["", "src", "src/deep/er"])
def test_pyproject_is_found_upwards(tmp_path: Path, start: str) -> None:
    """From the folder itself or from one below."""
    pyproject = write(tmp_path / "pyproject.toml", "[tool.scrubber]\n")
    folder = tmp_path / start
    folder.mkdir(parents=True, exist_ok=True)
    assert find_pyproject(folder) == pyproject.resolve()


def test_pyproject_is_found_from_a_relative_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.` has folders above it too."""
    pyproject = write(tmp_path / "pyproject.toml", "[tool.scrubber]\n")
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path / "src")
    assert find_pyproject(Path()) == pyproject.resolve()


@pytest.mark.parametrize("text", ["", "tool = 3", "[tool.other]\nscrubber = 1\n"])
def test_pyproject_without_the_section_is_passed_over(tmp_path: Path, text: str) -> None:
    """The nearest one that says something about it counts."""
    upper = write(tmp_path / "pyproject.toml", "[tool.scrubber]\n")
    write(tmp_path / "package" / "pyproject.toml", text)
    assert find_pyproject(tmp_path / "package") == upper.resolve()


@pytest.mark.parametrize("text", ["[tool.scrubber", "[tool]\nscrubber = 3\n"])
def test_broken_pyproject_is_not_passed_over(tmp_path: Path, text: str) -> None:
    """It may hold rules: reading it on reports what is wrong."""
    write(tmp_path / "pyproject.toml", "[tool.scrubber]\n")
    broken = write(tmp_path / "package" / "pyproject.toml", text)
    found = find_pyproject(tmp_path / "package")
    assert found == broken.resolve()
    assert len(read_config([broken]).problems) == 1


def test_nothing_is_found_where_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search ends at the root; a folder of that name is no file."""
    (tmp_path / "pyproject.toml").mkdir()
    # What lies above the temporary folder is not ours.
    monkeypatch.setattr(type(tmp_path), "parents", ())
    assert find_pyproject(tmp_path) is None
