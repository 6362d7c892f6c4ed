"""How freely a name is looked for."""

from __future__ import annotations

import pytest

from scrubber.identity.default_names import default_domain, default_host
from scrubber.identity.tiers import SHORTEST_BARE, installed_packages, tier

BARE = """
bwayne janedoe mark_brown MarkBrown silver-fox jane.doe jane_doe Jane-Doe j.smith mark.brown
kowalski alexander lab-gpu01 gpu-node-07 janes-macbook janes-macbook.local DESKTOP-A1B2C3D
build-7.example.com server.example.com example.edu JANEDO~1 0a1b2c3d4e5f train-7d9f-x2m4q
bwayne@example.com u1234567 \u5c71\u7530\u592a\u90ce123 jos\u00e9garcia
"""
ANCHORED = """
jdoe kim jane amy gpu01 node001 node-1 worker12 worker-0 lab1 wong x7 student07 python311 river-7
"""
WORD = """
root nobody user ubuntu runner app admin jovyan www-data github-actions[bot] user1 train trainer
training data dataset model lightning torch numpy transformers ultralytics scikit-learn
sentence_transformers torch.nn cv2 conv2d h5py python3 cuda12 asyncio localhost raspberrypi
macbook-pro MacBook-Pro-2 MacBook-Pro.local ubuntu-22-04 ip-10-0-0-1 colab kaggle debian my-laptop
mongo redis gpu-server training_args BaseException telnetlib data_loader DataLoader cluster.local
WORKGROUP pypi.org shadow thunder TimEstamp ChanNels GeForce rtx3090 nesterov
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, "bare") for name in BARE.split()),
        *((name, "anchored") for name in ANCHORED.split()),
        *((name, "word") for name in WORD.split()),
        ("Bruce Wayne", "bare"),
        ("Mark Brown", "bare"),
        ("Jane\u2019s MacBook Pro", "bare"),
        ("Machine Learning", "word"),
        ("Your Name", "word"),
        ("Test User", "word"),
    ],
)
def test_tier(name: str, expected: str) -> None:
    """A word is what English, code, packages and systems use; short names need an anchor."""
    assert tier(name, frozenset()) == expected


@pytest.mark.parametrize("name", ["", " ", "-", ".", "\0", "\ud800", "x" * 5000, "a." * 3000])
def test_any_text_has_a_tier(name: str) -> None:
    """Also what is no name."""
    assert tier(name) in ("bare", "anchored", "word")


def test_nothing_short_is_bare() -> None:
    """Whatever it is made of."""
    names = ("zq", "zqk", "zqkw", "zqkwv", "z.q-k", "7z7z7")
    assert all(len(name) < SHORTEST_BARE and tier(name) != "bare" for name in names)


def test_installed_package_is_a_word() -> None:
    """Alone and as the first part of a module's name; asked of this machine once."""
    assert tier("zqkwvx", frozenset()) == "bare"
    assert tier("zqkwvx", frozenset({"zqkwvx"})) == "word"
    assert tier("zqkwvx.nn", frozenset({"zqkwvx"})) == "word"
    assert "pytest" in installed_packages()


@pytest.mark.parametrize("name", ["lab-gpu01", "janes-mac-mini", "example.edu", "x", ""])
def test_name_of_somebody_is_no_default(name: str) -> None:
    """Defaults are lists."""
    assert not default_host(name)
    assert not default_domain(name)
