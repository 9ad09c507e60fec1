"""Requests out of the copies of their data that networks give people: the only source that needs no access.

Fixtures and shapes come from public descriptions and other people's readers; no real export was at hand.
"""
