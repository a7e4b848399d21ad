"""Classical measures of networks, each a kernel on an Adjacency and a function in networkx's manner."""
