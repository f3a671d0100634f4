"""Learns the shipped tables of spellings and names from public lists; nothing here runs in the product."""
