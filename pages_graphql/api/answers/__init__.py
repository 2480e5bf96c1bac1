"""Whole answers to anonymous live reads, kept until what they were made of changes."""
