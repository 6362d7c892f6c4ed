"""
A few lines as logs have them, digits folded: which fixed texts come up all the time.

How often a text comes up decides whether it is worth looking for. Letters can be reckoned one by
one; rows of digits and signs cannot, since each line begins with a date. Made up, no line is from
anywhere; no promise hangs on them, only speed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LINES: Final = r"""
0000-00-00 00:00:00,000 INFO train: epoch=00 step=000000 loss=0.0000 lr=0e-00 grad_norm=00.000
0000-00-00 00:00:00,000 INFO train: Epoch 0/00:  00%|####  | 000/000 [00:00<00:00, 0.00it/s]
0000-00-00 00:00:00,000 INFO train: x[0::0].shape=torch.Size([00, 00, 000, 000]) cuda:0, sum 0.00
0000-00-00 00:00:00,000 INFO train: {"level": "info", "event": "saved", "size": 00000000, "ok": 1}
0000-00-00 00:00:00,000 INFO io: read model.bin, size 000000, sha000 of it, in 00 bytes:
0acfe0ee0ab0bef0f0e00f0f0d0b0a0ecb0a00d0b00d00a0000e000d0ea0b0df, 0.00 MiB in 0.0 s
0000-00-00 00:00:00,000 INFO io: commit 0dc0000000ed0c0000000000000fcb00c000f000, 0.00 MiB in 0.0 s
0000-00-00 00:00:00 ERROR   File "/usr/lib/python0.00/runpy.py", line 000, in _run_code
0000-00-00T00:00:00.000000Z  WARN worker{id=00}: retry 0 of 0 after 000ms: connection reset by peer
0000-00-00T00:00:00.000+00:00 [main] DEBUG o.s.web.client - GET http://000.00.0.00:0000/api/v0/items
Jan 00 00:00:00 server sshd[00000]: Received disconnect from 000.000.00.000: 00: Bye Bye [preauth]
Jan 00 00:00:00 server CRON[0000]: (root) CMD (test -x /usr/sbin/anacron || run-parts /etc/cron)
Jan  0 00:00:00 server kernel: [    0.000000] BIOS-e000: [mem 0x0000000000000000-0x000000000000ffff]
Jan 00 00:00:00 server systemd[0]: Started Session 000 of user root; status=0/SUCCESS
00.00.000.000 - - [00/Jan/0000:00:00:00 +0000] "GET /index.html HTTP/0.0" 000 0000 "-" "Mozilla/0.0"
[Sun Jan 00 00:00:00 0000] [error] [client 000.000.00.00] File does not exist: /var/www/html/x.ico
00/00/00 00:00:00 INFO storage.BlockManager: Found block rdd_00_00 locally, 00.0 KB free
000000 000000 00000 INFO dfs.DataNode$PacketResponder: Received block blk_-0000000000000000000 of
000000 000000 00 INFO dfs.FSNamesystem: 00.000.00.000:00000 is added to blk_0000000000000000000
I0000 00:00:00.000000    0000 cuda_dnn.cc:000] Loaded cuDNN version 0000
00-00 00:00:00.000  0000  0000 D PowerManagerService: acquire lock=000000000, flags=0x0, tag="Wake"
- 0000000000 0000.00.00 R00-M0-N0-C:J00-U00 0000-00-00-00.00.00.000000 RAS KERNEL INFO parity error
req-00000000-0a0b-0c0d-0e0f-0a0b0c0d0e0f took 0.000 s, id 0a0b0c0d-0000-0e0f-a0b0-c0d0e0f0a0b0
Traceback (most recent call last):
RuntimeError: CUDA out of memory. Tried to allocate 0.00 GiB (GPU 0; 00.00 GiB total capacity)
tensor([[ 0.0000, -0.0000,  0.0000], [0.0000, 0.0000, 0.0000]], device='cuda:0', dtype=float00)
array([[0.00000000e+00, 0.00000000e-00], [0.0, 0.0]]) mean: 0.0000 (max 00.0), box: [00, 00, 00, 00]
0000000  00 00 00 00 00 0a 00 00  00 00 0f 00 00 00 0e 00
00000000  0000 0000 0a00 0000 | 00.0 | 0.000 | 000 |
+-----+------+   0  0.00   00.0   000
"""

TYPICAL: Final = _LINES.lower()
_LENGTH: Final = len(TYPICAL)


@lru_cache(maxsize=65536)
def frequency(expression: str) -> float:
    """Give at how many bytes of a log an expression matches, as a part of all."""
    return sum(1 for _ in re.finditer(f"(?={expression})", _LINES, re.DOTALL)) / _LENGTH


@lru_cache(maxsize=65536)
def share(row: str) -> float:
    """Give at how many bytes of a log a fixed text comes up, as a part of all.

    Args:
        row: the text, digits folded, in lower case.
    """
    return TYPICAL.count(row) / _LENGTH
