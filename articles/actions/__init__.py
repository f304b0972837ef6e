"""Every change. Time and user come in as arguments; each action is atomic and logged."""
