"""The article at the desk: its list and form, its verbs, its history."""
