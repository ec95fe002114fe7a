"""Cryptography in plain Python, without a model: the rooms call it, it calls nobody.

The key ring and what it seals, its rotation, the receipt code, the seal of a journal,
its check and the witness outside the database.
"""
