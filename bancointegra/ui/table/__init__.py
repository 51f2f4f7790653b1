"""Lists: columns as records, a model that pages, and a view with the manners of the program."""
