"""Delivery of grades, outside any request."""
