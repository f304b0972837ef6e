"""The page of an article, and what readers do from there: pass it on, report an error."""
