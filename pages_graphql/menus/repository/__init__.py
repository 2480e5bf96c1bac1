"""The SQL of menus: every read starts from the visible ones."""
