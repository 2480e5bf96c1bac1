"""WordPress exports (WXR): read, planned, and brought in."""
