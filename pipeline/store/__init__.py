"""The one SQLite file: its schema as migrations, and the way to open it."""
