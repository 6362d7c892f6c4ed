"""
What kind of place this is: a container, a job of a cluster, a CI run, a notebook in a cloud.

The words are ours and name nobody; `scrubber identity` shows them.

Promise: only variables and files are looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

# A word, and the variables of which one is enough.
_BY_VARIABLE: Final = (
    ("kubernetes", ("KUBERNETES_SERVICE_HOST", "KUBERNETES_PORT")),
    ("slurm", ("SLURM_JOB_ID", "SLURM_JOBID", "SLURM_NODELIST")),
    ("pbs", ("PBS_JOBID", "PBS_ENVIRONMENT")),
    ("lsf", ("LSB_JOBID", "LSF_ENVDIR")),
    ("grid-engine", ("SGE_ROOT", "SGE_O_HOST", "SGE_TASK_ID")),
    ("github-actions", ("GITHUB_ACTIONS",)),
    ("gitlab-ci", ("GITLAB_CI",)),
    ("jenkins", ("JENKINS_URL", "JENKINS_HOME")),
    ("azure-pipelines", ("TF_BUILD",)),
    ("circleci", ("CIRCLECI",)),
    ("travis", ("TRAVIS",)),
    ("buildkite", ("BUILDKITE",)),
    ("bitbucket", ("BITBUCKET_BUILD_NUMBER",)),
    ("teamcity", ("TEAMCITY_VERSION",)),
    ("drone", ("DRONE",)),
    ("appveyor", ("APPVEYOR",)),
    ("codebuild", ("CODEBUILD_BUILD_ID",)),
    ("ci", ("CI", "CONTINUOUS_INTEGRATION")),
    ("colab", ("COLAB_GPU", "COLAB_RELEASE_TAG", "COLAB_BACKEND_VERSION")),
    ("kaggle", ("KAGGLE_KERNEL_RUN_TYPE", "KAGGLE_URL_BASE", "KAGGLE_DATA_PROXY_TOKEN")),
    ("databricks", ("DATABRICKS_RUNTIME_VERSION",)),
    ("sagemaker", ("SM_CURRENT_HOST", "SAGEMAKER_INTERNAL_IMAGE_URI", "SM_MODEL_DIR")),
    ("azure-ml", ("AZUREML_RUN_ID", "AZUREML_ARM_WORKSPACE_NAME")),
    ("vertex-ai", ("CLOUD_ML_JOB", "CLOUD_ML_JOB_ID", "AIP_MODEL_DIR")),
    ("codespaces", ("CODESPACES", "CODESPACE_NAME")),
    ("gitpod", ("GITPOD_WORKSPACE_ID",)),
    ("jupyterhub", ("JUPYTERHUB_USER", "JUPYTERHUB_API_URL")),
    ("hugging-face-space", ("SPACE_ID",)),
    ("runpod", ("RUNPOD_POD_ID",)),
    ("lambda", ("AWS_LAMBDA_FUNCTION_NAME",)),
    ("ecs", ("ECS_CONTAINER_METADATA_URI", "ECS_CONTAINER_METADATA_URI_V4")),
    ("cloud-run", ("K_SERVICE", "CLOUD_RUN_JOB")),
    ("wsl", ("WSL_DISTRO_NAME", "WSL_INTEROP")),
    ("snap", ("SNAP_NAME",)),
    ("flatpak", ("FLATPAK_ID",)),
)
_BY_FILE: Final = (
    ("container", ("/.dockerenv", "/run/.containerenv", "/.singularity.d")),
    ("kubernetes", ("/var/run/secrets/kubernetes.io/serviceaccount",)),
    ("kaggle", ("/kaggle/working",)),
    ("sagemaker", ("/opt/ml/metadata/resource-metadata.json",)),
    ("colab", ("/content/sample_data",)),
)
_CONTAINER_WORDS: Final = ("docker", "containerd", "kubepods", "libpod", "lxc", "garden", "ecs/")
_OFF: Final = frozenset({"", "0", "false", "no"})
_COUNTS: Final = frozenset({"COLAB_GPU", "SGE_TASK_ID"})
"""Variables that count something, so that `0` is no answer to whether they are set."""


def environments(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the words for what kind of place this is."""
    for word, names in _BY_VARIABLE:
        if any(_on(machine, name) for name in names):
            yield "environments", word
    if machine.get("container") or machine.get("SINGULARITY_CONTAINER"):
        yield "environments", "container"
    if machine.windows:
        return
    for word, paths in _BY_FILE:
        if any(machine.exists(path) for path in paths):
            yield "environments", word
    groups = machine.read("/proc/self/cgroup") or ""
    if any(word in groups for word in _CONTAINER_WORDS):
        yield "environments", "container"
    if "kubepods" in groups:
        yield "environments", "kubernetes"
    if "microsoft" in (machine.read("/proc/sys/kernel/osrelease") or "").casefold():
        yield "environments", "wsl"


def _on(machine: Machine, name: str) -> bool:
    return name in machine.environ and (name in _COUNTS or machine.get(name).casefold() not in _OFF)
