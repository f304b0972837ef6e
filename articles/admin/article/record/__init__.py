"""What is on record: versions compared, taken back, and as readers saw them."""
