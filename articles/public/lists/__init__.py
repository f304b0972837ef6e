"""Lists of articles: what stands in them, page by page, and how each of them is printed."""
