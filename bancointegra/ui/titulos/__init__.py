"""The screen Títulos a Receber: list, form of one título, parcelas."""
