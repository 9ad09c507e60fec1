"""The networks, one data file each: what a request is called there, and how to answer it."""

from demur.networks.catalogue import ACTIONS, NetworkSteps, network_steps

__all__ = ["ACTIONS", "NetworkSteps", "network_steps"]
