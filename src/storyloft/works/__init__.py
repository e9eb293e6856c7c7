"""The heart: works, chapters, every revision of them, series, sources. Knows tags, accounts, prose and files."""
