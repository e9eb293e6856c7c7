"""How lists and searches grow: 1,000, 10,000 and 100,000 invented works, each in a process of its own."""
