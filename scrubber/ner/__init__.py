"""Names of people in free text: taggers, and the gate before them."""
