"""What handlers read questions and write answers with: parameters, cursors, ETags, uploads, the audit."""
