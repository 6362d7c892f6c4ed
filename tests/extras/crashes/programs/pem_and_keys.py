"""Keys of many services in one error, and a private key in a local."""
# [plants] pem github_key gitlab_key aws_key openai_key
# [plants] stripe_key slack_key hugging_face_key google_key jwt
# [stays] no provider accepted the request

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start

NAMES = (
    *("github_key", "gitlab_key", "aws_key", "openai_key", "stripe_key", "slack_key"),
    *("hugging_face_key", "google_key", "jwt"),
)


def sign(certificate: str, tried: list[str]) -> None:
    """Sign a request."""
    pieces = certificate.splitlines()
    message = f"no provider accepted the request: {', '.join(tried)}"
    raise PermissionError(message, len(pieces), certificate)


start()
sign(of("pem"), [of(name) for name in NAMES])
