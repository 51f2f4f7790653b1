"""BancoIntegra: boletos registered, queried and printed at Banco Itaú, and never twice."""

__version__ = "0.1.0"
