"""What machines ask for: feeds, sitemaps, the API, and files."""
