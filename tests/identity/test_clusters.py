"""Nodes, pods, jobs, containers and machines, and never a bare number."""

from __future__ import annotations

import pytest

from scrubber.identity.clusters import expand
from scrubber.identity.collect import collect
from scrubber.identity.machine import Machine

CONTAINER = "0123456789ab" + "cdef" * 13
POD = "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
NAMESPACE = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"


@pytest.mark.parametrize(
    ("environ", "kind", "expected"),
    [
        ({"SLURMD_NODENAME": "gpu07"}, "hosts", ("gpu07",)),
        ({"SLURM_NODELIST": "gpu[07-08]"}, "hosts", ("gpu07", "gpu08", "gpu[07-08]")),
        ({"LSB_MCPU_HOSTS": "gpu07 4 gpu08 4"}, "hosts", ("gpu07", "gpu08")),
        ({"MASTER_ADDR": "192.0.2.1"}, "hosts", ()),
        ({"MASTER_ADDR": "2001:db8::fe80"}, "hosts", ()),
        ({"MASTER_ADDR": "localhost"}, "hosts", ()),
        ({"RUNNER_NAME": "GitHub Actions 7"}, "hosts", ()),
        ({"PBS_JOBID": "123.head7.example.edu"}, "hosts", ("head7.example.edu", "head7")),
        (
            {"DATABRICKS_HOST": "https://adb-7.9.example.net/x"},
            "hosts",
            ("adb-7.9.example.net", "adb-7"),
        ),
        ({"POD_NAME": "train-7d9f-x2m4q"}, "ids", ("train-7d9f-x2m4q",)),
        ({"SLURM_JOB_ID": "12345", "PBS_ACCOUNT": "777"}, "ids", ()),
        ({"CODESPACE_NAME": "fuzzy-potato-x7g9"}, "ids", ("fuzzy-potato-x7g9",)),
        ({"JUPYTERHUB_SERVICE_PREFIX": "/user/bwayne/"}, "accounts", ("bwayne",)),
        ({"HOSTNAME": "jupyter-bwayne"}, "accounts", ("bwayne",)),
        ({"HOSTNAME": "jupyter-bwayne---0a1b2c3d"}, "accounts", ("bwayne",)),
    ],
)
def test_variables(environ: dict[str, str], kind: str, expected: tuple[str, ...]) -> None:
    """Of schedulers, clouds and notebooks."""
    assert getattr(collect(Machine.of(environ)), kind) == expected


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ("a1,b2", ["a1", "b2"]),
        ("n[1,3-4]x", ["n1x", "n3x", "n4x"]),
        ("n[9-11]", ["n9", "n10", "n11"]),
        ("n[2-1]", []),
        ("n[-]", []),
        ("[", []),
        ("", []),
    ],
)
def test_node_list_is_written_out(nodes: str, expected: list[str]) -> None:
    """With the zeros in front."""
    assert list(expand(nodes)) == expected


def test_endless_node_list_ends() -> None:
    """A range to the end of all numbers is cut."""
    assert len(list(expand("n[1-999999999]," * 40))) < 1000


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({NAMESPACE: "wayne-lab\n"}, ("wayne-lab",)),
        (
            {"/etc/resolv.conf": "search wayne-lab.svc.cluster.local svc.cluster.local"},
            ("wayne-lab",),
        ),
        ({"/proc/self/cgroup": f"1:x:/docker/{CONTAINER}\n"}, (CONTAINER, CONTAINER[:12])),
        (
            {
                "/proc/self/cgroup": "0::/kubepods.slice/kubepods-pod"
                f"{POD.replace('-', '_')}.slice/cri-containerd-{CONTAINER}.scope\n"
            },
            (
                *(CONTAINER, CONTAINER[:12], POD.replace("-", "_")),
                *(f"pod{POD.replace('-', '_')}", POD, f"pod{POD}"),
            ),
        ),
        (
            {"/proc/self/mountinfo": f"1 2 /var/lib/docker/containers/{CONTAINER}/hostname /etc\n"},
            (CONTAINER, CONTAINER[:12]),
        ),
        ({"/etc/machine-id": "0a1b2c3d" * 4 + "\n"}, ("0a1b2c3d" * 4,)),
        (
            {"/sys/class/dmi/id/product_uuid": POD.upper()},
            (POD.upper(), POD),
        ),
        ({"/etc/machine-id": "0" * 32}, ()),
        ({"/etc/machine-id": "uninitialized"}, ()),
        ({"/sys/class/dmi/id/board_serial": "Default string"}, ()),
        ({"/sys/class/dmi/id/product_serial": "To Be Filled By O.E.M."}, ()),
        ({"/sys/class/dmi/id/product_serial": "12345678"}, ()),
    ],
)
def test_files(files: dict[str, str], expected: tuple[str, ...]) -> None:
    """Of Kubernetes, Docker, systemd and the firmware."""
    assert collect(Machine.of(files=files)).ids == expected


def test_host_named_by_its_container() -> None:
    """Twelve digits of its id."""
    identity = collect(Machine.of(node=CONTAINER[:12]))
    assert identity.ids == identity.hosts == (CONTAINER[:12],)


def test_notebook_of_sagemaker() -> None:
    """The profile is named after the person."""
    path = "/opt/ml/metadata/resource-metadata.json"
    text = '{"UserProfileName": "bwayne", "ResourceName": "lab-nb7", "DomainId": 7}'
    identity = collect(Machine.of(files={path: text}))
    assert (identity.accounts, identity.ids) == (("bwayne",), ("lab-nb7",))
    assert collect(Machine.of(files={path: "[]"})).failures == 0
    assert collect(Machine.of(files={path: "{"})).failures == 1
