"""From bytes to a grid of cells: text, Excel, Parquet."""
