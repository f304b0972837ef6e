"""Pages that look over many articles: what waits, what is due, what went wrong."""
