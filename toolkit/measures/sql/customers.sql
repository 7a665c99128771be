-- One row per customer; guests (no customer_id) have no history to tell.
WITH numbered AS (
  SELECT
    orders.*,
    ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY day_no, order_id) AS nth,
    LAG(day_no) OVER (PARTITION BY customer_id ORDER BY day_no, order_id) AS day_before
  FROM orders
  WHERE customer_id IS NOT NULL
)
SELECT
  customer_id,
  COUNT(*) AS order_count,
  SUM(amount) AS amount,
  MIN(day_no) AS first_day,
  MIN(CASE WHEN nth = 2 THEN day_no END) AS second_day,
  MAX(day_no) AS last_day,
  MIN(month_no) AS cohort_no,
  MIN(CASE WHEN nth = 1 THEN order_id END) AS first_order_id,
  MIN(CASE WHEN nth = 1 THEN channel END) AS first_channel,
  MIN(CASE WHEN nth = 1 THEN product END) AS first_product,
  MIN(CASE WHEN nth = 1 THEN file_name END) AS file_name,
  MIN(CASE WHEN nth = 1 THEN row_no END) AS row_no,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY day_no - day_before) AS median_interval
FROM numbered
GROUP BY customer_id
ORDER BY customer_id
