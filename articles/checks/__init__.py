"""What a manuscript may have wrong: knowledge of checks, without a database."""
