"""The screens, in Qt. They ask services, in the background, and know no bank, store or printer."""
