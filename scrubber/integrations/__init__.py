"""
Where crashscrub meets the libraries that carry reports: one module each, nothing shared here.

Promise: importing this package imports none of them.
"""
