"""The programs crash when they are run, so nothing imports them: not even to look for doctests."""

collect_ignore = ["programs", "__main__.py"]
