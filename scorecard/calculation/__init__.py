"""From definitions and figures to values and statuses: pure functions, Polars in, Polars out."""
