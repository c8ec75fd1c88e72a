"""Signing in at the City's identity provider: OpenID Connect for native apps (RFC 8252), and the tokens afterwards."""
