"""The open form: what is typed, kept, merged and checked, and all that helps to write."""
