"""From a file to a work: recognising, reading, gathering parts, storing. Knows works, vault, tags, accounts, prose."""
