"""Request plumbing: headers, gates, the clock and start-up checks. No models."""
