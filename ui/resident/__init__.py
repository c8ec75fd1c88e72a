"""The resident's side of the counter: what they are shown, on a second screen or on the window turned round."""
