"""Knowledge of text and markup. No database, no request, no user."""
