"""The notice of a newer version."""
