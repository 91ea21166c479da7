"""The life of an installation of tools/up, from the first start to the wipe."""
