"""What is measured, and against what: `make bench`. Every figure is a ratio to a reference measured in the same run.

The stories are invented here (`invented`), bound (`books`) or put on a shelf (`shelf`); a module for each matter measures it.
"""
