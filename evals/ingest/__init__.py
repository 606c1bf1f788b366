"""Guidelines of our own making in many styles, and what ingesting them must find."""
