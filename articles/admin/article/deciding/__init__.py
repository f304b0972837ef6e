"""The verbs as pages, and all that somebody reads before deciding."""
