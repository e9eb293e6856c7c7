"""What a reader keeps for good about finding: what they never want to see, the searches they come back to, their
usual filters. Knows the index by way of blocking.py; lists ask it what to leave out."""
