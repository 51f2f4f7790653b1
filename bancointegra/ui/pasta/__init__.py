"""Pasta monitorada: its dialog, and the look at it every few seconds."""
