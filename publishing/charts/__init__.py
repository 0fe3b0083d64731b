"""Accessible SVG drawn by ourselves: values in, one string out; the same drawing on the page and in print."""
