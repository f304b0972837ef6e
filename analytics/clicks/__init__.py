"""Clicks: from the beacon over the spool into rows and totals."""
