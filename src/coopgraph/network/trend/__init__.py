"""Measures and the growth of the network, window by window."""
