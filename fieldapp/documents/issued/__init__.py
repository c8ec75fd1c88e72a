"""Papers that the City issues about a record: receipt, what is missing, notice, order, report, card."""
