"""The types every stage exchanges. Knows shapes; does no work and no I/O."""
