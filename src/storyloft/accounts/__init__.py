"""People and the names works are by: members, bylines, signing in. Knows only prose and files."""
