"""
How long logs keep what they know of people: files that are due, and one person's identifiers.

What is here decides (which files are logs, which are due, what was done before, where a person
stands); it changes no document. `scrubber retain` and `scrubber subject` do that, with the same
atomic rewriting as `scrubber redact --in-place`.

Promise: importing it does no work, and nothing in it writes a name of a person or a file anywhere.
"""
