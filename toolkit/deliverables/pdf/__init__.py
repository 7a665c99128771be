"""The PDF: the document typeset by typst."""
