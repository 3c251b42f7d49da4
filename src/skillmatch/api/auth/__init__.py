"""Who calls and what they may: keys, tokens, scopes, signatures."""
