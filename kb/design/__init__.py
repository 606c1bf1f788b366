"""From a design file to findings: read, check, collect, compare, hand out."""
