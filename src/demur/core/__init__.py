"""The words of Demur: frozen types and closed vocabularies, standard library only."""
