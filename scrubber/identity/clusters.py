"""
Names that schedulers and clouds give: nodes, jobs, pods, notebooks, workspaces.

Promise: never a bare number: `SLURM_JOB_ID=12345` would take numbers out of a whole report.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from scrubber.identity.default_names import default_domain
from scrubber.identity.hosts import search_domains
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

_HOSTS: Final = (
    *("SLURMD_NODENAME", "SLURM_SUBMIT_HOST", "SLURM_TOPOLOGY_ADDR", "SLURM_CLUSTER_NAME"),
    *("PBS_O_HOST", "PBS_SERVER", "PBS_DEFAULT", "LSB_SUB_HOST"),
    *(
        "SGE_O_HOST",
        "SGE_CLUSTER_NAME",
        "NODE_NAME",
        "MY_NODE_NAME",
        "KUBE_NODE_NAME",
        "K8S_NODE_NAME",
    ),
    *("MASTER_ADDR", "SM_CURRENT_HOST", "RUNNER_NAME", "AGENT_NAME", "AGENT_MACHINENAME"),
    *("BUILDKITE_AGENT_NAME", "DRONE_RUNNER_HOSTNAME", "RUNPOD_POD_HOSTNAME", "SPACE_HOST"),
    *("JUPYTERHUB_HOST", "VAST_CONTAINERLABEL"),
)
_HOST_LISTS: Final = ("LSB_HOSTS", "LSB_MCPU_HOSTS")
_NODE_LISTS: Final = ("SLURM_NODELIST", "SLURM_JOB_NODELIST", "SLURM_STEP_NODELIST")
_URLS: Final = (
    "DATABRICKS_HOST",
    "CI_SERVER_URL",
    "JENKINS_URL",
    "JUPYTERHUB_API_URL",
    "BUILD_URL",
)
_IDS: Final = (
    *("POD_NAME", "POD_NAMESPACE", "POD_UID", "MY_POD_NAME", "MY_POD_NAMESPACE", "MY_POD_UID"),
    *("K8S_POD_NAME", "K8S_NAMESPACE", "K8S_CLUSTER_NAME", "KUBE_NAMESPACE", "NAMESPACE"),
    *("SLURM_JOB_ACCOUNT", "PBS_ACCOUNT", "LSB_PROJECT_NAME", "PBS_JOBID"),
    *("CODESPACE_NAME", "GITPOD_WORKSPACE_ID", "GITPOD_INSTANCE_ID", "RUNPOD_POD_ID"),
    *("DATABRICKS_CLUSTER_ID", "DB_CLUSTER_ID", "DATABRICKS_CLUSTER_NAME"),
    *("TRAINING_JOB_NAME", "TRAINING_JOB_ARN", "SAGEMAKER_JOB_NAME", "SM_JOB_NAME"),
    *("AZUREML_RUN_ID", "AZUREML_ARM_SUBSCRIPTION", "AZUREML_ARM_RESOURCEGROUP"),
    *("AZUREML_ARM_WORKSPACE_NAME", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_ID"),
    *("ARM_SUBSCRIPTION_ID", "ARM_TENANT_ID", "ARM_CLIENT_ID", "AWS_LAMBDA_LOG_STREAM_NAME"),
    *("GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "GCP_PROJECT", "CLOUDSDK_CORE_PROJECT"),
    *("CLOUD_ML_JOB_ID", "CLOUD_ML_PROJECT_ID", "COLAB_NOTEBOOK_ID", "COLAB_JUPYTER_SESSION_ID"),
    *("FLY_MACHINE_ID", "FLY_ALLOC_ID", "RENDER_INSTANCE_ID", "MODAL_TASK_ID", "MODAL_SANDBOX_ID"),
    *("PAPERSPACE_NOTEBOOK_REPO_ID", "JPY_SESSION_NAME", "LIGHTNING_CLOUD_PROJECT_ID"),
    *("CODEBUILD_BUILD_ID", "CODEBUILD_BUILD_ARN", "DEVCONTAINER_ID", "LaunchInstanceID"),
)
_NAMESPACE: Final = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"
_SAGEMAKER: Final = "/opt/ml/metadata/resource-metadata.json"
_SAGEMAKER_KINDS: Final = {
    "ResourceArn": "ids",
    "ResourceName": "ids",
    "DomainId": "ids",
    "SpaceName": "ids",
    "UserProfileName": "accounts",
}
_MOST_NODES: Final = 16
_HOST_FORM: Final = lazy_pattern(r"[^\s/\\@,;=\[\]]{2,253}")
_LIST: Final = lazy_pattern(r"([^,\[\]]*)\[([0-9,\-]{1,400})\]([^,\[\]]*)|([^,\[\]]+)")
_IN_URL: Final = lazy_pattern(r"[a-z]+://(?:[^/@\s]*@)?([^/:\s?#]+)", re.IGNORECASE)
# jupyter-jane, /user/jane/
_USER_PREFIX: Final = lazy_pattern(r"/user/([^/]+)/")
_HUB_POD: Final = lazy_pattern(r"jupyter-([a-z][a-z0-9\-]{1,60}?)(?:---[0-9a-f]{8})?")


def nodes(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the machines that variables of schedulers and clouds name."""
    for name in _HOSTS:
        yield from _host(machine.get(name))
    for name in _HOST_LISTS:
        # LSB_MCPU_HOSTS has pairs: host, slots, host, slots.
        for field in machine.get(name).split()[:_MOST_NODES]:
            yield from _host(field)
    for name in _NODE_LISTS:
        value = machine.get(name)
        yield from (found for node in islice(expand(value), _MOST_NODES) for found in _host(node))
        if "[" in value:
            yield "hosts", value
    for name in _URLS:
        for found in _IN_URL.findall(machine.get(name)):
            yield from _host(found)
    # 12345.head.example.edu
    for name in ("PBS_JOBID", "LSB_BATCH_JID"):
        yield from _host(machine.get(name).partition(".")[2])


def cluster_ids(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the ids of jobs, pods, notebooks and subscriptions."""
    for name in _IDS:
        yield from _id(machine.get(name))


def hub_users(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give whom JupyterHub has started this notebook for."""
    for found in _USER_PREFIX.findall(machine.get("JUPYTERHUB_SERVICE_PREFIX")):
        yield "accounts", found
    match = _HUB_POD.fullmatch(machine.get("HOSTNAME"))
    if match:
        yield "accounts", match[1]


def kubernetes(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the namespace of a pod, from its account and from where it looks names up."""
    if machine.windows:
        return
    yield from _id(machine.read(_NAMESPACE) or "")
    for domain in search_domains(machine):
        namespace, found, _ = domain.partition(".svc.cluster.")
        if found:
            yield from _id(namespace)


def sagemaker(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give what a notebook of SageMaker knows of itself."""
    text = machine.read(_SAGEMAKER)
    if not text:
        return
    import json

    document = json.loads(text)
    if isinstance(document, dict):
        for key, kind in _SAGEMAKER_KINDS.items():
            if isinstance(document.get(key), str):
                yield kind, document[key]


def expand(nodes: str) -> Iterator[str]:
    """Write the nodes of a list out.

    >>> list(expand("gpu[08-10],login1"))
    ['gpu08', 'gpu09', 'gpu10', 'login1']
    """
    for before, ranges, behind, alone in islice(_LIST.findall(nodes), _MOST_NODES):
        if alone:
            yield alone
            continue
        for part in ranges.split(",")[:_MOST_NODES]:
            first, _, last = part.partition("-")
            if not first.isdecimal() or not (last or first).isdecimal():
                continue
            start, end = int(first[:9]), int((last or first)[:9])
            for number in range(start, min(end, start + _MOST_NODES) + 1):
                yield f"{before}{number:0{len(first)}}{behind}"


def _host(text: str) -> Iterator[tuple[str, str]]:
    # With a port; an address of IPv6 has more colons and is left to the rules.
    value = text.partition(":")[0] if text.count(":") <= 1 else ""
    if _HOST_FORM.fullmatch(value) and _has_letter(value) and not value.startswith("localhost"):
        yield "hosts", value
        short, _, domain = value.partition(".")
        if domain and not default_domain(domain):
            yield "hosts", short


def _id(value: str) -> Iterator[tuple[str, str]]:
    plain = value.strip()
    if _has_letter(plain):
        yield "ids", plain


def _has_letter(value: str) -> bool:
    return any(char.isalpha() for char in value)
