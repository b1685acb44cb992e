"""Pages of what ties other software to an organisation: tokens of the API, webhooks."""
