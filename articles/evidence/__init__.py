"""What an inspector asks for: the log and its chain, approval sheets."""
