"""Story text as plain Python: cleaned, addressed, counted, compared. Knows no Django and nobody above."""
