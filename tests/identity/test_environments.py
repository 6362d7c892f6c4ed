"""What kind of place this is, from files and variables."""

from __future__ import annotations

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.machine import Machine

TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"


@pytest.mark.parametrize(
    ("environ", "files", "expected"),
    [
        ({}, {}, ()),
        ({}, {"/.dockerenv": ""}, ("container",)),
        ({}, {"/run/.containerenv": ""}, ("container",)),
        ({}, {"/proc/self/cgroup": "0::/docker/" + "ab" * 32}, ("container",)),
        ({}, {TOKEN: "lab"}, ("kubernetes",)),
        ({"KUBERNETES_SERVICE_HOST": "192.0.2.1"}, {}, ("kubernetes",)),
        ({"GITHUB_ACTIONS": "true", "CI": "true"}, {}, ("github-actions", "ci")),
        ({"CI": "false"}, {}, ()),
        ({"GITLAB_CI": "true"}, {}, ("gitlab-ci",)),
        ({"SLURM_JOB_ID": "12345"}, {}, ("slurm",)),
        ({"COLAB_GPU": "0"}, {}, ("colab",)),
        ({"COLAB_RELEASE_TAG": "release-colab"}, {}, ("colab",)),
        ({"KAGGLE_KERNEL_RUN_TYPE": "Batch"}, {}, ("kaggle",)),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, {}, ("wsl",)),
        ({}, {"/proc/sys/kernel/osrelease": "5.15.1-microsoft-standard-WSL2"}, ("wsl",)),
    ],
)
def test_place_is_recognised(
    environ: dict[str, str], files: dict[str, str], expected: tuple[str, ...]
) -> None:
    """In words of ours."""
    assert collect(Machine.of(environ, files)).environments == expected


def test_files_of_linux_say_nothing_on_windows() -> None:
    """A folder of that name is somebody's own."""
    machine = Machine(platform="win32", exists=lambda _path: True)
    assert collect(machine).environments == ()
