"""
What people allow, kept by code: settings that each application has of its own.

    from scrubber.consent import Settings

    settings = Settings("mylib")
    settings.update({"sync": False})

This module only gives the public name. Importing it reads no file and asks for no folder.
"""

from scrubber.consent.mapping import Settings

__all__ = ["Settings"]
