"""The desk: forms, lists and pages for editors, on the stock admin."""
