"""The caseload in the store, and what was asked about it."""
