"""Question sets, metrics and runners that measure the answers."""
