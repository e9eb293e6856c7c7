"""What the text importers share: a sheet of lines, what headers and headings say, chapters made of what stands."""
