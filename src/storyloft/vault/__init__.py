"""What was given, kept for good: the original files byte for byte. Knows accounts and files."""
