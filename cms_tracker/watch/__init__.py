"""What is kept about the installation itself: when each piece of recurring work last ran, and how long papers take.

Nothing in it is about a person. It is written by workers and read by ``/readyz``, ``/metrics`` and the operator's page.
"""
