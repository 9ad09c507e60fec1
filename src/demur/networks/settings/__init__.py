"""Privacy settings of the networks: what to choose, where it is, and a check-up that goes through them."""
