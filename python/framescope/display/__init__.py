"""What people look at: the summary card of a result, and a document with its hits."""
