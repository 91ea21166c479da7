"""What the tests of the whole platform stand on."""
