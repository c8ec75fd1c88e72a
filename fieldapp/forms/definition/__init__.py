"""The definition: what a form is, before anyone fills it."""
