"""The HTTP API under load, on the loopback: one server process on one core, the load on another."""
