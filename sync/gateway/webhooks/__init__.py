"""Steps of records, told to addresses that the City chose, as Standard Webhooks (standardwebhooks.com)."""
