"""The report itself: a `Report` built from tables, and written as HTML and as Markdown."""
