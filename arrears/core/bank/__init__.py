"""Bank statements: read into lines, and matched to what fell due. Values only; nothing here is kept."""
