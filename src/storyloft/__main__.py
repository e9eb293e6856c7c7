"""`python -m storyloft` and the `storyloft` command."""

from __future__ import annotations

from storyloft.cli import main

if __name__ == "__main__":
    main()
