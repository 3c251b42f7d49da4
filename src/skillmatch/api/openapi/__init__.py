"""How the API describes itself: the document, its links, who may what, and the page that shows it."""
