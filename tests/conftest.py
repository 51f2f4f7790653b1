"""Qt draws into memory during tests."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
