"""From passages of text to search results.

This package knows passages (an id, named texts, concept ids) and nothing of what they mean. Nothing heavy is imported
here: `numpy` and `faiss` load with the module that uses them, `torch` only where a sentence-transformers model encodes.
"""
