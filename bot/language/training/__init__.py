"""Builds the data files of the language room; never imported at run time."""
