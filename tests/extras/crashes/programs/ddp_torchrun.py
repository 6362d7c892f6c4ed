"""What a launcher of many processes says: tracebacks and a table, as text."""
# [plants] home_linux account host ipv4
# [stays] torch.distributed.elastic.multiprocessing.errors.ChildFailedError
# [stays] exitcode  : 1 (pid: 48213)
# [stays] CUDA error: device-side assert triggered

from __future__ import annotations

from tests.extras.crashes.planted import ACCOUNT, HOST, of
from tests.extras.crashes.programs_support import start

REPORT = """
[rank1]: Traceback (most recent call last):
[rank1]:   File "{path}/train.py", line 118, in <module>
[rank1]:     main(opt)
[rank1]:   File "/home/{account}/venv/lib/python3.11/site-packages/torch/nn/modules/conv.py", line 458, in forward
[rank1]:     return self._conv_forward(input, self.weight, self.bias)
[rank1]: RuntimeError: CUDA error: device-side assert triggered
{host}:48213:48561 [1] NCCL INFO comm 0x55d0 rank 1 nranks 8 busId 1b000 - Abort COMPLETE
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
============================================================
{path}/train.py FAILED
------------------------------------------------------------
Root Cause (first observed failure):
[0]:
  time      : 2026-11-20_10:11:12
  host      : {host}
  rank      : 1 (local_rank: 1)
  exitcode  : 1 (pid: 48213)
  error_file: {path}/error.json
  master_addr={address}
============================================================
"""  # noqa: E501


def launch() -> None:
    """Start a process for each device."""
    folder = of("home_linux").rpartition("/")[0]
    text = REPORT.format(path=folder, account=ACCOUNT, host=HOST, address=of("ipv4"))
    raise RuntimeError(text)


start()
launch()
