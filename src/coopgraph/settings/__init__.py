"""The workspace file as TOML: its keys with their lines, and what it says apart from its sources."""
