-- One row per customer; guests (no customer_id) have no history to tell. Of several orders on
-- the first day the one with the smallest id is the first; the days do not depend on it, so the
-- windows sort by day alone.
WITH numbered AS (
  SELECT
    customer_id,
    order_id,
    day_no,
    month_no,
    amount,
    ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY day_no) AS nth,
    RANK() OVER (PARTITION BY customer_id ORDER BY day_no) AS place,
    LAG(day_no) OVER (PARTITION BY customer_id ORDER BY day_no) AS day_before
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
  MIN(CASE WHEN place = 1 THEN order_id END) AS first_order_id,
  PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY day_no - day_before) AS median_interval
FROM numbered
GROUP BY customer_id
