"""The command line: the edge where people and scripts come in. Imports nothing until a command runs."""
