"""How well pages are split and themes are found, on labelled data, beside other tools."""
