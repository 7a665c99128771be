-- One row per contract with the start of the account's next one, which tells a renewal
-- from an end where the export has no column for it.
SELECT
  contract_rows.*,
  MIN(start_day) OVER (PARTITION BY account_id) AS first_day,
  LEAD(start_day) OVER (PARTITION BY account_id ORDER BY start_day, end_day, row_no) AS next_day
FROM contract_rows
ORDER BY account_id, start_day, end_day, row_no
