"""Storyloft: a place where stories live, on a machine you own."""

__version__ = "0.1.0"
