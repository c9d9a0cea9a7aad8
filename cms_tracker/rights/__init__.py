"""A person's rights over their data: to take it, to have it deleted, to complain; and how long anything is kept."""
