"""The screen Integração Bancária: find títulos, register them at the bank, learn who paid."""
