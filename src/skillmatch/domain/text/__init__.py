"""What is read out of texts: links to skills, extracted skills, and what is to be looked at again."""
