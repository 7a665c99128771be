"""CSV tables: findings, actions and evidence, each cell guarded."""
