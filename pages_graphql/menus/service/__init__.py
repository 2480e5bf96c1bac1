"""The use cases of menus: each is one Work that asks, loads, acts and records."""
