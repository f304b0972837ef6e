"""Boards and statements: read from totals and editions, frozen, shown and handed out."""
