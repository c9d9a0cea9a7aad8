"""Binds pages into one file and searches it: a program of its own, for it reads files that people handed in.

The only code of ours that touches pypdf and decodes pictures for a bundle. It knows nothing of
records or Django, and is handed no key of ours. ``rendering.binder`` starts it, feeds it, and ends it.
"""
