"""The words of the pages: one table per page or part, each key with its Japanese and its English."""
