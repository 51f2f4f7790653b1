"""The screen Pagamento de Contas."""
