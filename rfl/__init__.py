"""Casework for Restoring Family Links: requests, proposals, decisions, disclosures."""

__version__ = "0.1.0"
