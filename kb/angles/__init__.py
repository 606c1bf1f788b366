"""Camera angles: how large a person has to appear, drawn to scale from the guideline's tables."""
