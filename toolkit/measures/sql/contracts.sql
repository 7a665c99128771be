-- One row per contract. The account's later contracts tell a renewal from an end where the
-- export has no column for it: when the next one starts, and how far they last (an open one
-- lasts for ever; 9999999 stands for no end).
SELECT
  contract_rows.*,
  MIN(start_day) OVER (PARTITION BY account_id) AS first_day,
  LEAD(start_day) OVER (PARTITION BY account_id ORDER BY start_day, end_day, row_no) AS next_day,
  MAX(COALESCE(end_day, 9999999)) OVER (
    PARTITION BY account_id ORDER BY start_day, end_day, row_no
    ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
  ) AS later_end
FROM contract_rows
