"""What this machine is: whose account, host, home and secrets must not be in a report."""
