"""
Which process of a distributed run this is: only the first one tells of it.

A run on 512 cards is one run. Launchers say by variables which process is which.

Promise: a process counts as the first one only if no launcher says otherwise; a rank that cannot be
read says otherwise.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final

VARIABLES: Final = (
    "RANK",  # torchrun, DeepSpeed, Accelerate
    "LOCAL_RANK",
    "GROUP_RANK",
    "NODE_RANK",  # Lightning
    "SLURM_PROCID",
    "SLURM_LOCALID",
    "OMPI_COMM_WORLD_RANK",  # Open MPI
    "OMPI_COMM_WORLD_LOCAL_RANK",
    "PMI_RANK",  # MPICH, Intel MPI
    "PMI_LOCAL_RANK",
    "PMIX_RANK",
    "MPI_LOCALRANKID",
    "MV2_COMM_WORLD_RANK",  # MVAPICH
    "PALS_RANKID",  # Cray
    "ALPS_APP_PE",
    "FLUX_TASK_RANK",
    "HOROVOD_RANK",
    "JAX_PROCESS_INDEX",
    "JAX_PROCESS_ID",
    "TPU_WORKER_ID",
    "CLOUD_TPU_TASK_ID",
    "PADDLE_TRAINER_ID",
)
"""What launchers call a process's number, its number on a host, or its host's."""

_FIRST: Final = frozenset({"", "0", "-1"})  # -1 is how libraries write "not distributed"


def is_first() -> bool:
    """Tell whether this process may tell of its run.

    Returns:
        Whether every variable that is set says 0, and PyTorch, where its processes have met, too.
    """
    return all(os.environ.get(name, "").strip() in _FIRST for name in VARIABLES) and _torch() == 0


def _torch() -> int:
    """Give the rank of processes that were started by the program itself, without a launcher."""
    distributed = sys.modules.get("torch.distributed")
    with suppress(Exception):  # another library's code
        if distributed is not None and distributed.is_available() and distributed.is_initialized():
            return int(distributed.get_rank())
    return 0
