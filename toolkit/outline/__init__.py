"""The document: sections of blocks, sentences made, every printed number carrying its fact id."""
