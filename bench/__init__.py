"""Measurements and the scripts that made what is committed."""
