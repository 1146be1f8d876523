"""Definition files read once into the frozen types of the domain, with every problem and its place."""
