"""The active taxonomy: its versions, what an organisation changes of it, and the search in it."""
