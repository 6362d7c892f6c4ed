"""Settings that do not validate: the message shows the values it was given."""
# [requires] pydantic
# [plants] email home_linux ipv4
# [stays] validation errors for Settings
# [stays] Input should be a valid integer

from __future__ import annotations

from pydantic import BaseModel

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Settings(BaseModel):  # type: ignore[misc]  # types that are skipped
    """What a run is given."""

    epochs: int
    port: int
    workers: int
    contact: str


def load(values: dict[str, str]) -> Settings:
    """Check the settings."""
    settings: Settings = Settings.model_validate(values)
    return settings


start()
load(
    {
        "epochs": of("home_linux"),
        "port": f"{of('ipv4')}:8080",
        "workers": of("email"),
        "contact": of("email"),
    }
)
