"""A command line that does not fit its flags."""
# [plants] argv_password argv_path
# [stays] the batch size must be a power of two

from __future__ import annotations

import argparse

from tests.extras.crashes.programs_support import start


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--password")
    parser.add_argument("--data")
    parser.add_argument("--epochs", type=int)
    options = parser.parse_args()
    command = f"train.py --password {options.password} --data {options.data}"
    message = f"the batch size must be a power of two: {command}"
    raise SystemError(message)


start()
main()
