"""A library that learns how it breaks and what of it is used, from users who do not mind.

To have the same in yours, copy `collection.py` and say in it what you collect. Then

    scrubber disclose yourlib.collection:PLAN -o DATA_COLLECTION.md

writes the page for your users, and in your CI

    scrubber disclose yourlib.collection:PLAN --check DATA_COLLECTION.md

fails when the page and the code drift apart.
"""
