"""A council as an officer writes it down: the files of a council folder, read and checked."""
