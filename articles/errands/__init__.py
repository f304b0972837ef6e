"""What happens outside the transaction of an action: what, how, and what is said when it fails."""
