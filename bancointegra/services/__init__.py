"""The use cases: plain blocking functions over the ports; no Qt, no threads, no SQL, no HTTP."""
