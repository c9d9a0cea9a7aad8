"""The pieces that what next is made of: the facts that decide, the rules, and the words with their sources."""
