"""The Settings page: rendered from `fieldapp.settings`, as the palette's entries are."""
