"""What remains when a city, a network or a programme is taken away."""
