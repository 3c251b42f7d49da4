"""Who asks and what is kept of it: keys, callers, signers, the audit, webhooks and jobs."""
