"""Comments in, themes out. Knows nothing of file formats or of HTML."""
