"""The workbook: figures recomputed by live formulas over the rows they rest on."""
