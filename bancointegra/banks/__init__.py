"""The banks' APIs, behind the Protocols of ``domain/ports.py``. Start at ``registry.py``."""
