"""What happens to a finding: placeholders, operators, and the shape that must survive them."""
