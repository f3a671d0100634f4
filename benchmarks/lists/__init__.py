"""Invented lists of sought and registered persons: written down by many clerks, with the truth beside them."""
