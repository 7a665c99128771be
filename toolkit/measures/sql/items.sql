-- One row per product: who bought it, and what became of those whose first order held it.
-- An amount is a product's own only where the file's rows are lines (numbered, or an order on
-- several rows with an amount each); an order's total belongs to no product, and is left NULL.
WITH placed AS (
  SELECT
    file_name,
    order_id,
    COUNT(*) AS row_count,
    MAX(repeated) AS repeated,
    MAX(CASE WHEN line_no IS NULL THEN 0 ELSE 1 END) AS numbered
  FROM order_rows
  GROUP BY file_name, order_id
),
files AS (
  SELECT
    file_name,
    CASE
      WHEN MAX(repeated) = 0 AND (MAX(row_count) > 1 OR MAX(numbered) = 1) THEN 1 ELSE 0
    END AS by_line
  FROM placed
  GROUP BY file_name
),
kept AS (
  SELECT
    order_rows.product,
    order_rows.order_id,
    order_rows.quantity,
    order_rows.amount,
    files.by_line,
    orders.customer_id
  FROM order_rows
  INNER JOIN files ON files.file_name = order_rows.file_name
  INNER JOIN orders ON orders.order_id = order_rows.order_id
  WHERE order_rows.cancelled = 0 AND order_rows.product IS NOT NULL
),
firsts AS (
  SELECT
    held.product,
    COUNT(*) AS first_count,
    COUNT(CASE WHEN customers.order_count >= 2 THEN 1 END) AS repeat_count
  FROM (SELECT DISTINCT product, order_id FROM kept) AS held
  INNER JOIN customers ON customers.first_order_id = held.order_id
  GROUP BY held.product
)
SELECT
  kept.product,
  COUNT(DISTINCT kept.order_id) AS order_count,
  COUNT(DISTINCT kept.customer_id) AS customer_count,
  SUM(kept.quantity) AS quantity,
  CASE WHEN MIN(kept.by_line) = 1 THEN SUM(kept.amount) END AS amount,
  COALESCE(MAX(firsts.first_count), 0) AS first_count,
  COALESCE(MAX(firsts.repeat_count), 0) AS repeat_count
FROM kept
LEFT JOIN firsts ON firsts.product = kept.product
GROUP BY kept.product
