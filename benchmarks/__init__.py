"""Speed and memory, measured against floors and peers; see README.md."""
