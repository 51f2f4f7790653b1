"""The composition root: builds adapters, services and the window, and decides nothing."""
