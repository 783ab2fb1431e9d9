"""Outside sources, read into the same plain values that a council's own files give."""
