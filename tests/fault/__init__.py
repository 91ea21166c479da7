"""What survives when processes die: the runs, and the checker of what their clients saw."""
