"""Facts about tags for the pages of others."""
