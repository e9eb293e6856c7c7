"""What is measured, and against what: `make bench`. Every figure is a ratio to a reference measured in the same run.

The stories are `invented`, bound as `books` or put on a `shelf`; a module for each matter measures it.
"""
