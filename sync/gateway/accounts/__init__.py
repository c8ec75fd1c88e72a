"""Who works for the City, as the gateway knows them without an identity provider."""
