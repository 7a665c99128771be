"""The slides: the document as a deck with native, editable charts."""
