"""Delivery: mail by SMTP, calendars by CalDAV, and the ledger of what was sent."""
