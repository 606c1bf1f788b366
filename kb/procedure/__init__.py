"""What the procedures of a standard share: values that may be ranges or unknown, reading of their files, drawing."""
