-- One row per step in its order, with the tool and side of the step before it.
SELECT
  step_rows.*,
  LAG(tool) OVER (ORDER BY step_no, file_name, row_no) AS tool_before,
  LAG(side) OVER (ORDER BY step_no, file_name, row_no) AS side_before
FROM step_rows
