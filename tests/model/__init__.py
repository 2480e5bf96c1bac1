"""The rules of pages, slugs and routes told again in dictionaries, and held against the service."""
