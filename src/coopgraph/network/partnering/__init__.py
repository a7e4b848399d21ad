"""Who might cooperate next: ties of cities, a rule for those who are no partners yet, how good it is."""
