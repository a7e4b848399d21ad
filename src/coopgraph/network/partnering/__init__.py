"""Who might cooperate next: ties of cities, a rule that ranks those who are no partners yet, its evaluation."""
