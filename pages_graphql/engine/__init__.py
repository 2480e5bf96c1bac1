"""Compiled execution: a query as Python functions, made once from the kinds of its fields."""
