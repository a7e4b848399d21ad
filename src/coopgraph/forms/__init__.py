"""Self-declaration: forms filled in with what is known of a city, mailed out, and read back row by row."""
