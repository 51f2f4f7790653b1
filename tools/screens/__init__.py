"""The windows and dialogs that `make screens` renders: every module here has a tuple ``SCREENS``."""
