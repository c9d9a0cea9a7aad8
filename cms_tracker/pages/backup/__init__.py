"""Backups: everything that an installation holds, in one encrypted file, and back again.

A backup holds the database as it was at one instant, every private file that a row of it names, and
a list of what is in it with hashes. It never holds FIELD_KEYS, AUDIT_KEY or SECRET_KEY: what is
sealed in the database stays sealed in the backup, and whoever finds both the file and its
passphrase still cannot read it. Keep the keys elsewhere.
"""
