"""Rows as files for spreadsheets: written as they are read, and nothing in them runs."""
