-- One row per order that was not cancelled. The first row of the file speaks for channel,
-- product and place; an order's total repeated on further rows is counted once.
WITH counted AS (
  SELECT
    order_rows.*,
    ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY file_name, row_no) AS place
  FROM order_rows
  WHERE cancelled = 0
)
SELECT
  order_id,
  MIN(customer_id) AS customer_id,
  MIN(day_no) AS day_no,
  MIN(month_no) AS month_no,
  SUM(CASE WHEN repeated = 1 THEN 0 ELSE amount END) AS amount,
  COUNT(*) AS line_count,
  MIN(CASE WHEN place = 1 THEN channel END) AS channel,
  MIN(CASE WHEN place = 1 THEN product END) AS product,
  MIN(CASE WHEN place = 1 THEN file_name END) AS file_name,
  MIN(CASE WHEN place = 1 THEN row_no END) AS row_no
FROM counted
GROUP BY order_id
