"""Shapes: how a structured document becomes units and is built again from replacements."""
