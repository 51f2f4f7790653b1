"""The screen Conta Bancária: accounts, their API Bancária, and the way to a certificate."""
