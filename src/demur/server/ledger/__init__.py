"""The log: who did what, when, under which policy. Append-only, chained, without names or contents."""
