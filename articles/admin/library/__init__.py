"""The pages of the photo library beside its list and its forms."""
