"""Actions as IATI activities, in the order the official schema asks for."""
