"""Charts: one function each, from figures to a finished specification, with what is said of it and its table."""
