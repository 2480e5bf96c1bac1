"""Revisions and their life: what pages and menus share."""
