"""A table nobody has described yet: how it is written, what it is, which column is what; as a proposal."""
