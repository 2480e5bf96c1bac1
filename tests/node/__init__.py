"""Node's side: gateways, composers and clients, run against the service."""
