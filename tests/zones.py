"""The zones on which every reader and writer of time zones is tried."""

NAMED = (
    "Africa/Casablanca",
    "Africa/Nairobi",
    "America/New_York",
    "America/Nuuk",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Zurich",
    "Pacific/Auckland",
    "Pacific/Chatham",
)
