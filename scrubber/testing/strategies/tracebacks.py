"""
Tracebacks as Python, its libraries and launchers print them, of runs that name people.

Promise: what stands around the planted values is what somebody debugs from, and stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.testing.strategies.slots import slots
from scrubber.testing.strategies.templates import samples

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.planting import Sample

_BEGIN: Final = """\
Traceback (most recent call last):
  File "{path}", line {line}, in train_one_epoch
    loss = model(batch)
"""
_LIBRARY: Final = """\
  File "/usr/lib/python3/dist-packages/torch/nn/modules/conv.py", line {line}, in forward
    return self._conv_forward(input, self.weight, self.bias)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"""
_CAUSE: Final = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT: Final = "\nDuring handling of the above exception, another exception occurred:\n\n"
_GROUP: Final = """\
  + Exception Group Traceback (most recent call last):
  |   File "{path}", line {line}, in main
  |     async with TaskGroup() as group:
  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | ValueError: bad address {email}
    +---------------- 2 ----------------
    | TimeoutError: {ip}
    +------------------------------------
"""
_RANKS: Final = """\
[rank0]: Traceback (most recent call last):
[rank0]:   File "{path}", line {line}, in <module>
[rank0]:     main()
[rank0]: torch.distributed.DistBackendError: NCCL error in socket.cpp:{line}, peer {ip}
"""
_TORCHRUN: Final = """\
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
============================================================
{path} FAILED
------------------------------------------------------------
  rank      : 0 (local_rank: 0)
  exitcode  : 1 (pid: {pid})
============================================================
"""
_SYNTAX: Final = """\
  File "{path}", line {line}
    def train(:
              ^
SyntaxError: invalid syntax
"""
_FATAL: Final = """\
Fatal Python error: Segmentation fault

Current thread {hex} (most recent call first):
  File "{path}", line {line} in forward
"""

TEMPLATES: Final = (
    _BEGIN + _LIBRARY + "KeyError: 'model.0.conv.weight'\n",
    _BEGIN + _LIBRARY + "RuntimeError: CUDA out of memory. Tried to allocate 2.50 GiB\n",
    _BEGIN + "FileNotFoundError: [Errno 2] No such file or directory: '{path}'\n",
    _BEGIN + "ValueError: no mailbox for {email}\n",
    _BEGIN + "ConnectionRefusedError: [Errno 111] Connect call failed ('{ip}', 5432)\n",
    _BEGIN + "requests.exceptions.HTTPError: 401 Client Error for key {key}\n",
    _BEGIN + "KeyError: '{email}'\n" + _CAUSE + _BEGIN + _LIBRARY + "RuntimeError: no batch\n",
    _BEGIN + "OSError: [Errno 28] No space left\n" + _CONTEXT + _BEGIN + "TimeoutError: {ip}\n",
    _BEGIN + _LIBRARY + "ValueError: shapes differ\nThe batch of {email} was number {n}\n",
    "Original " + _BEGIN + "RuntimeError: DataLoader worker (pid {pid}) exited unexpectedly\n",
    'RemoteTraceback: \n"""\n' + _BEGIN + 'ValueError: {email}\n"""\n',
    "\x1b[36m(train_fn pid={pid}, ip={ip})\x1b[0m " + _BEGIN + "KeyError: 'labels'\n",
    "Exception ignored in: <function Loader.__del__ at {hex}>\n" + _BEGIN + "TypeError: n\n",
    _GROUP,
    _RANKS,
    _TORCHRUN,
    _SYNTAX,
    _FATAL,
)
"""The forms, with slots."""


def tracebacks() -> SearchStrategy[Sample]:
    r"""Give tracebacks: chained, of groups, with notes, of workers and launchers, of crashes.

    Returns:
        Each with a home path, and most with an address, a mailbox or a key in a message.

    >>> from hypothesis import find
    >>> one = find(tracebacks(), lambda one: "conv.weight" in one.content)
    >>> print("\n".join(one.content.splitlines()[:3]))
    Traceback (most recent call last):
      File "/home/vexlora/train.py", line 1, in train_one_epoch
        loss = model(batch)
    """
    return samples(TEMPLATES, slots())
