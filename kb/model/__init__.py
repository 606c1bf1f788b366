"""Frozen types: what the corpus holds and what an answer is made of."""
