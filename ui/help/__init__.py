"""Help that opens where one asks: at a question of a form, or at a page (Shift+F1)."""
