"""Training of our own encoder: what it learns from, what is held out, the loop, the weights and their loading."""
