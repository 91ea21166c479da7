"""A synthetic population for tests and demonstrations; see README.md."""
