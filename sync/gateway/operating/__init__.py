"""What those need who run a gateway: settings, health, measures, backup and restore. See ../OPERATIONS.md."""
