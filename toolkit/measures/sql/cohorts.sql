-- Customers of each cohort (month of the first order) with an order k months later.
SELECT
  customers.cohort_no,
  orders.month_no - customers.cohort_no AS month,
  COUNT(DISTINCT orders.customer_id) AS active
FROM orders
INNER JOIN customers ON customers.customer_id = orders.customer_id
GROUP BY customers.cohort_no, orders.month_no - customers.cohort_no
