"""What goes on paper: drawn as vectors, and read back before it is believed."""
