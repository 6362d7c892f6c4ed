"""Print a log with key-shaped secrets in it.

They are drawn here, from a fixed seed, and not kept in a file: a token that looks real, but opens
nothing, would still stop every secret scanner that meets this repository.

    python examples/make_crash.py | scrubber redact -
"""

from __future__ import annotations

import base64
import json
import string
from random import Random

BASE62 = string.ascii_letters + string.digits
BASE32 = string.ascii_uppercase + "234567"
BASE64 = BASE62 + "+/"


def draw(rng: Random, alphabet: str, count: int) -> str:
    """Return `count` random characters of an alphabet."""
    return "".join(rng.choices(alphabet, k=count))


def jwt(rng: Random) -> str:
    """Return a JSON Web Token with a signature that was never computed."""
    header = {"alg": "HS256", "typ": "JWT"}
    claims = {"sub": "1234567890", "email": "jane.doe@example.com", "iat": 1516239022}
    parts = [json.dumps(part, separators=(",", ":")).encode() for part in (header, claims)]
    encoded = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, draw(rng, BASE62 + "-_", 43)])


def pem(rng: Random) -> list[str]:
    """Return the lines of a private key block that holds no key."""
    label = "RSA PRIVATE KEY"
    body = [draw(rng, BASE64, 64) for _ in range(4)] + [draw(rng, BASE64, 22) + "=="]
    return [f"-----BEGIN {label}-----", *body, f"-----END {label}-----"]


def lines(seed: int = 0) -> list[str]:
    """Return the log, the same for the same seed.

    Args:
        seed: What the secrets are drawn from.
    """
    rng = Random(seed)  # noqa: S311  # made to be no secret
    github = f"ghp_{draw(rng, BASE62, 36)}"
    aws = f"AKIA{draw(rng, BASE32, 16)}"
    return [
        "2025-03-14 09:31:02,118 DEBUG deploy: cloning with token " + github,
        f"2025-03-14 09:31:02,940 DEBUG deploy: https://x-access-token:{github}@git.example.com/o/r.git",
        f"2025-03-14 09:31:03,007 DEBUG deploy: AWS_ACCESS_KEY_ID={aws} AWS_REGION=eu-west-1",
        f"2025-03-14 09:31:03,008 DEBUG deploy: AWS_SECRET_ACCESS_KEY={draw(rng, BASE64, 40)}",
        f"2025-03-14 09:31:03,551 DEBUG deploy: Authorization: Bearer {jwt(rng)}",
        "2025-03-14 09:31:04,200 ERROR deploy: cannot parse key, dumping it:",
        *pem(rng),
        "2025-03-14 09:31:04,201 ERROR deploy: exit 1 at deploy.py:214, commit 9f2c1e7ab04d",
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
