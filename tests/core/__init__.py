"""Tests of the words everybody speaks."""
