"""Pages in, comments out. Knows nothing of themes."""
