"""Bundles: a tenant whole, as a file of JSON lines."""
