"""Slugs, paths and routes: rules and storage, no GraphQL."""
