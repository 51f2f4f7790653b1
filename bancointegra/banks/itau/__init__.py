"""Itaú, "API de Cobrança" (cash management v2, boletoscash v2)."""
