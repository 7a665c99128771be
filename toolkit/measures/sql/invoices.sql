-- One row per invoice as it stands on the day as_of_day. An invoice on several rows with one
-- amount is a total repeated for each payment and counted once; with different amounts its rows
-- are lines and add up. A payment date without a paid amount means paid in full; a payment
-- written twice in all its figures counts once.
WITH numbered AS (
  SELECT
    receivable_rows.*,
    MIN(amount) OVER (PARTITION BY invoice_id) AS smallest,
    MAX(amount) OVER (PARTITION BY invoice_id) AS largest,
    ROW_NUMBER() OVER (
      PARTITION BY invoice_id, amount, paid_day, paid_amount ORDER BY file_name, row_no
    ) AS copy,
    ROW_NUMBER() OVER (PARTITION BY invoice_id ORDER BY file_name, row_no) AS place
  FROM receivable_rows
),
paid AS (
  SELECT
    numbered.*,
    CASE
      WHEN smallest = largest AND copy > 1 THEN 0
      WHEN paid_day >= as_of_day + 1 THEN 0
      WHEN paid_amount IS NULL AND paid_day IS NULL THEN 0
      WHEN paid_amount IS NULL THEN amount
      ELSE paid_amount
    END AS received
  FROM numbered
),
invoices AS (
  SELECT
    invoice_id,
    MIN(customer_id) AS customer_id,
    MIN(invoiced_day) AS invoiced_day,
    MIN(due_day) AS due_day,
    CASE WHEN MIN(smallest) = MAX(largest) THEN MIN(amount) ELSE SUM(amount) END AS amount,
    MAX(CASE WHEN paid_day < as_of_day + 1 THEN paid_day END) AS paid_day,
    SUM(received) AS paid_amount,
    MAX(as_of_day) AS as_of_day,
    MIN(CASE WHEN place = 1 THEN file_name END) AS file_name,
    MIN(CASE WHEN place = 1 THEN row_no END) AS row_no
  FROM paid
  GROUP BY invoice_id
)
SELECT
  invoice_id,
  customer_id,
  invoiced_day,
  due_day,
  amount,
  paid_day,
  paid_amount,
  amount - paid_amount AS open_amount,
  CASE
    WHEN amount - paid_amount <= 0 OR due_day >= as_of_day THEN 0
    ELSE as_of_day - due_day
  END AS overdue_days,
  file_name,
  row_no
FROM invoices
