"""Keys, passwords, sessions' tokens and throttling rules."""
