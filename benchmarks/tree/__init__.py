"""
A tree of files as operators hold them, of any size, with values planted that must not be left.

`making.make` writes it, equal for equal size and seed; `searching.left` looks through what was made
of it, unpacked and decoded, for any planted value.
"""
