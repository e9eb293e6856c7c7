"""Bytes kept by their SHA-256 in the data folder. Plain Python: knows no Django and nobody above."""
