"""Rewording of finished answers by a language model, held to what the answer says (off unless `KB_LLM` is set)."""
