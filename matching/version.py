"""The version of the engine, in a place that every module can read."""

# Raised with every change of results; decisions are kept across versions.
VERSION = "2.5"
