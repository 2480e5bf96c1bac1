"""Content that comes in from elsewhere."""
