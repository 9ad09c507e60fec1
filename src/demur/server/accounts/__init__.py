"""A person's own accounts: the register, what ties them, and the plan that they chose."""
