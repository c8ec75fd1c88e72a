"""What the gateway answers to, over HTTP: routes that only dispatch. What is decided is decided in its service."""
