"""What was written elsewhere, put on file: a pasted page, and whole archives of old sites."""
