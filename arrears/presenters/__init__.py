"""Results of the engine put into words and rows, where a template would need logic."""
