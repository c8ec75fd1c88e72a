"""FieldApp's core: what the product knows and does. It imports neither Qt nor the network."""

__version__ = "0.1.0"
