-- One row per contract. The account's later contracts tell a renewal from an end where the
-- export has no column for it: when the next one starts, and how far they last (an open one
-- lasts for ever; 9999999 stands for no end).
-- stop_day is the day from which it no longer runs, none while open. Churn ends it; else the
-- day after its end, or the start of the account's next contract where that begins sooner on or
-- after the end. A renewed contract that no later row of the account carries on runs on.
SELECT
  followed.*,
  LEAST(
    churned_at_day,
    CASE
      WHEN renewed = 1 AND NOT COALESCE(later_end > end_day, FALSE) THEN NULL
      WHEN next_day BETWEEN end_day AND end_day + 1 THEN next_day
      ELSE end_day + 1
    END
  ) AS stop_day
FROM (
  SELECT
    contract_rows.*,
    MIN(start_day) OVER (PARTITION BY account_id) AS first_day,
    LEAD(start_day) OVER (PARTITION BY account_id ORDER BY start_day, end_day, row_no) AS next_day,
    MAX(COALESCE(end_day, 9999999)) OVER (
      PARTITION BY account_id ORDER BY start_day, end_day, row_no
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS later_end
  FROM contract_rows
) AS followed
