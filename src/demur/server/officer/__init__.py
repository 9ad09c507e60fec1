"""The agency-wide check, where a policy wants one: a drop that a worker's side writes and only an officer reads."""
