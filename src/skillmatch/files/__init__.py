"""Safe reading and writing of tables, folders and archives that other people made."""
