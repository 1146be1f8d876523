"""What people do: every write, with its rights and checks."""
