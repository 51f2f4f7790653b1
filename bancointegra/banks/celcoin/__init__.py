"""Celcoin “Pagamento de Contas” (v5): the client of a company that pays bills from its own funds."""
