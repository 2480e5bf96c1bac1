"""The engine, reading and writing: Read, Work, shared columns, the outbox."""
