"""The maintenance estimate: what the 2012 scheme's published rules come to, as an illustration. CMS decides."""
