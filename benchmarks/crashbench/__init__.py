"""
CrashBench: crashes, logs and texts with planted personal data, each place labelled.

Promise: importing this reads nothing; the corpus is made from a seed, by the standard library
alone.
"""
