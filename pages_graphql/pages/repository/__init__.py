"""The SQL of pages: every read starts from the visible ones."""
