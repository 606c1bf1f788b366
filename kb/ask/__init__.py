"""From a question to an answer that rests on cited clauses."""
