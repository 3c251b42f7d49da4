"""Whether anything acknowledged is lost when the server is killed, and what it costs to erase people."""
