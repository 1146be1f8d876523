"""Speed, memory and forecasts, measured against floors and peers; see README.md."""
