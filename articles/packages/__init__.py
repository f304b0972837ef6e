"""Articles as packages for the archive (BagIt, RFC 8493): written, and verified without us."""
