"""
Documents as bytes: unpacked, decoded, scrubbed, and put in their place whole or not at all.

What every command and every job over folders does with one document lies here; what a person says
on a command line, and is told, lies in `scrubber.cli`.
"""
