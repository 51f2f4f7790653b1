"""Cópias de segurança: the list, what each holds, and the one made on leaving."""
