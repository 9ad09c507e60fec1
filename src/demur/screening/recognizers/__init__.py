"""Recognizers in code: one module each, with `find(folded) -> Iterator[Hit]`, named by a rule of kind `code`."""
