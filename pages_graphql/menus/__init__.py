"""Menus, their items and bindings."""
