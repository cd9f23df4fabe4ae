"""Serving the dashboard to many: settings, sign-in, headers, limits, logs, facts for the operator."""
