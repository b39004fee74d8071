"""`python -m gongkai` → the command line."""

from gongkai.cli import start

start()
