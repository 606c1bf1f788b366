"""Judge statements: correct, incorrect (and where), unsure, or not covered."""
