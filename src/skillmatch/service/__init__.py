"""The use cases; the only place that opens a transaction and joins the rooms together."""
