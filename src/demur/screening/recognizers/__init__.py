"""Recognizers in code, named by a rule of kind `code`.

Each is a module with `find(folded, post) -> Iterator[Hit]`, or `module.function` where one module finds several kinds.
"""
