"""
Lines of logs as servers, systems and libraries write them, with people and machines in them.

Promise: what stands around the planted values stays, byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.testing.strategies.slots import slots
from scrubber.testing.strategies.templates import samples

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.planting import Sample

TEMPLATES: Final = (
    "2026-01-31 {clock},123 INFO app.mail: sent to {email} in {n} ms",
    "Jan 31 {clock} sshd[{pid}]: Accepted publickey for {user} from {ip} port {n} ssh2",
    "Jan 31 {clock} sshd[{pid}]: Failed password for invalid user {user} from {ip} port {n} ssh2",
    "Jan 31 {clock} sudo[{pid}]: {user} : TTY=pts/0 ; PWD=/tmp ; USER=root ; COMMAND=/bin/ls",
    "Jan 31 {clock} CRON[{pid}]: pam_unix(cron:session): session opened for user {user}(uid=1001)",
    '{ip} - - [31/Jan/2026:{clock} +0000] "GET /api/v1/items?page={n} HTTP/1.1" 200 {n}',
    '{ip} - {user} [31/Jan/2026:{clock} +0000] "POST /upload HTTP/1.1" 413 {n} "-" "curl/8.5.0"',
    '2026/01/31 {clock} [error] {pid}#{pid}: *{n} open() failed, client: {ip}, request: "GET /"',
    '{{"ts": "2026-01-31T{clock}Z", "level": "warn", "msg": "login failed", "email": "{email}"}}',
    '{{"level": "info", "remote_addr": "{ip}", "status": 200, "path": "/health"}}',
    'ts=2026-01-31T{clock}Z level=info msg="export done" path={path} took={n}ms',
    'time="2026-01-31T{clock}Z" level=error msg="quota exceeded" user={user} used={n}',
    "I0131 {clock}.000001 {pid} controller.go:{line}] pod default/worker-0 on {ip} is not ready",
    "2026-01-31 {clock}.123 ERROR {pid} --- [nio-8080-exec-1] c.e.Mail : no mailbox {email}",
    "\tat com.example.Main.run(Main.java:{line})\nCaused by: java.net.ConnectException: /{ip}:{n}",
    "panic: open {path}: permission denied\n\ngoroutine 1 [running]:\nmain.main()",
    "thread 'main' panicked at src/main.rs:{line}:5:\nno route to {ip}",
    "W, [2026-01-31T{clock}.000001 #{pid}]  WARN -- : rejected {email}",
    '2026-01-31 {clock} UTC [{pid}] FATAL:  password authentication failed for user "{user}"',
    "{clock} redis-server[{pid}]: * Accepted {ip}:{n}",
    '[{clock}] urllib3 DEBUG: https://example.com:443 "GET /v1?api_key={key} HTTP/1.1" 200 None',
    "env: API_TOKEN={key}",
    "worker-{line} | password={password}",
    "kernel: [{n}.123456] audit: src={ip} dst={ip} proto=TCP spt={n}",
    'type=USER_LOGIN msg=audit(1769846400.123:{n}): pid={pid} acct="{user}" addr={ip} res=failed',
    "slurmctld: _slurm_rpc_submit_batch_job: JobId={n} UserId={user}(1001)",
    "postfix/smtp[{pid}]: 4XyZ1: to=<{email}>, relay=none, delay={n}, status=deferred",
    "named[{pid}]: client @{hex} {ip}#{n} (example.com): query: example.com IN A",
    "docker: Error response from daemon: mount {path} failed: no such device",
)
"""The forms, with slots."""


def log_lines() -> SearchStrategy[Sample]:
    """Give lines of syslog, sshd, web servers, JSON, logfmt, Kubernetes, Java, Go, databases.

    Returns:
        Each with one or two values that must go; a few are of two lines.

    >>> from hypothesis import find
    >>> one = find(log_lines(), lambda one: "app.mail" in one.content)
    >>> one.content.partition(" INFO ")[2].partition(" in ")[0]
    'app.mail: sent to jane.doevale@example.com'
    """
    return samples(TEMPLATES, slots())
