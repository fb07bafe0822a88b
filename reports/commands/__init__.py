"""The commands of ``btl``, one module each: words in, calls of the layers below, messages out."""
