"""Opens one file that a stranger may have made: a program of its own, under limits, told nothing of ours.

``cms_tracker.uploads.child`` starts it (``__main__``), hands it the kind and the bytes, and reads
back what it found and a copy that is fit to be shared. It knows nothing of records or Django.
"""
