"""Looking after a workspace: backups, migrations, and the notebooks that come with it."""
