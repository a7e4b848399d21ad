"""What a network depends on: its secretariat, a city, the top broker, and what hangs by one tie."""

from coopgraph.secretariat.reliance.answer import reliance as reliance
