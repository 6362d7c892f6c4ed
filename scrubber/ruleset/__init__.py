"""Rules as data: from TOML files to one frozen, judged `Ruleset`."""
