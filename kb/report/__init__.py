"""Reports of a checked design: one content, five formats (HTML, PDF, XLSX, CSV, JSON)."""
