"""`python -m scrubber.cli`: the command where its script is not on the path."""

from scrubber.cli import main

if __name__ == "__main__":
    main()
