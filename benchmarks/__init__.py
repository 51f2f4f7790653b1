"""The figures the design promises, measured: ``make bench``."""
