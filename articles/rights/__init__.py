"""Who may see and do what, and why not. No verb and no page decides this for itself."""
