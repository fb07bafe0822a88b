"""Tables in, pages for people out; the top layer, with the pipeline and the command."""
