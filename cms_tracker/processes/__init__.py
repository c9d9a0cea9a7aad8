"""The programs that make up a running installation, started and stopped as one on this machine."""
