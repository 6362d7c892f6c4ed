"""A tool that fails: its command, its environment and what it said."""
# [plants] home_linux password aws_key account
# [stays] returned non-zero exit status 3

from __future__ import annotations

import os
import subprocess
import sys

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def convert(path: str) -> bytes:
    """Run the converter."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["HOME"],
        "DB_PASSWORD": of("password"),
        "AWS_ACCESS_KEY_ID": of("aws_key"),
    }
    code = "import sys; sys.stderr.write('cannot read ' + sys.argv[1]); sys.exit(3)"
    command = [sys.executable, "-c", code, path, "--password", of("password")]
    return subprocess.run(command, env=env, check=True, capture_output=True).stdout


start()
convert(of("home_linux"))
