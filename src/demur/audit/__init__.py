"""Everything ever posted, looked through: exports in, exposures out, on as many processes as there are cores.

The audit of a personal account belongs to the person. Nothing here tells an agency anything.
"""
