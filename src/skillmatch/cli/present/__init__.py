"""What people see: tables and sentences that fit 80 columns and say in words whatever they say in colour."""
