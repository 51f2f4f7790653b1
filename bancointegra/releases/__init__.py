"""What the publisher of the program says of its versions: one small signed file, read and never obeyed."""
