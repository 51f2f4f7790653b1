"""Lists to files, in the form the clerk chooses."""
