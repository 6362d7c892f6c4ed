"""Jobs over a folder: every engine, every format, and killed half way; see `__main__`."""
