"""What comes over the network, kept in the workspace so that a build needs no network: decision 18."""
