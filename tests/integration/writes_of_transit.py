"""The operations of money on its way, prepared and ready to be tried: they join ``WRITES``."""
