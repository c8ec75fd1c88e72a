"""OpenRosa: a server of ODK Central's kind as the target of a service. See README.md."""
