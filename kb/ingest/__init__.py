"""Guidelines that a user brings: from a file to clauses, figures and a place in the knowledge base."""
