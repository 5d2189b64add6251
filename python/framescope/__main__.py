"""`python -m framescope`."""

import sys

from framescope.cli import main

if __name__ == "__main__":
    sys.exit(main())
