"""The machine under the program: folders, clock, vault, log, locks, preferences."""
