"""Study: items from the guidelines, a schedule, a practice paper, decks."""
