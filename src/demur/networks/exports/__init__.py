"""What the copies of their data hold that networks give people: the only source that needs no access.

`reading.py` reads the requests in them, `published.py` everything that the person published and is tied to.

Fixtures and shapes come from public descriptions and other people's readers; no real export was at hand.
"""
