"""Text that the database holds only as ciphertext: the key ring, the columns and the sessions."""
