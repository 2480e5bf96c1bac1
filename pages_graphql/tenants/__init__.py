"""Tenants, their hosts, locales and channels."""
