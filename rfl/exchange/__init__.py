"""Formats: what societies send becomes plain values, and values become files; no database, no network, no screen."""
