"""Tests of what pages and menus share."""
