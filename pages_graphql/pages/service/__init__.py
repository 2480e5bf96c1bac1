"""The use cases of pages: each is one Work that asks, loads, acts and records."""
