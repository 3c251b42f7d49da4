"""What views are made with: the panel and its state, forms, HTML, style, work in the background."""
