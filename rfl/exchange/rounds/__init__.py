"""Encoded exchange between societies: keys, agreements, sealed packages, blinding, and the steps of a round.

Pure functions over values: no database, no network, no clock; what is random is drawn by the caller or once at a start.
"""
