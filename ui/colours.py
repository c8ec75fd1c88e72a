"""The colours of FieldApp, in one place: what each role looks like in light, in dark and in high contrast.

Text on any ground it stands on has a contrast of at least 4.5:1, in high contrast 7:1; a test computes it from here.
A role that one look has, all have.
"""

from __future__ import annotations

LIGHT = {
    "bg": "#F5F6F8", "rail": "#FFFFFF", "card": "#FFFFFF", "line": "#DDE2E8", "field": "#838F9E", "hover": "#EEF1F4",
    "ink": "#1B2430", "ink2": "#566272", "pri": "#0A5AA5", "pri_soft": "#E7F0FA", "pri_press": "#084A88",
    "ok": "#1A7446", "ok_soft": "#E4F4EB", "warn": "#925500", "warn_soft": "#FCF1DE", "bad": "#B3261E",
    "bad_soft": "#FBE9E7", "sel": "#EAF2FB", "on_pri": "#FFFFFF", "toast": "#1B2430", "on_toast": "#FFFFFF",
}  # fmt: skip
DARK = {
    "bg": "#11161D", "rail": "#161C25", "card": "#1A212B", "line": "#2B3543", "field": "#66758A", "hover": "#222B37",
    "ink": "#E8ECF2", "ink2": "#A3AFBF", "pri": "#74B7FF", "pri_soft": "#1C3047", "pri_press": "#98CAFF",
    "ok": "#6CCB95", "ok_soft": "#173126", "warn": "#F0B45A", "warn_soft": "#352813", "bad": "#FF8A80",
    "bad_soft": "#3A1F1E", "sel": "#1D3047", "on_pri": "#0C1420", "toast": "#E8ECF2", "on_toast": "#11161D",
}  # fmt: skip
CONTRAST = {  # white on black; every edge is a line that is seen
    "bg": "#000000", "rail": "#000000", "card": "#000000", "line": "#B4B4B4", "field": "#FFFFFF", "hover": "#262626",
    "ink": "#FFFFFF", "ink2": "#E2E2E2", "pri": "#66DDFF", "pri_soft": "#00222C", "pri_press": "#B8F0FF",
    "ok": "#7DF5A5", "ok_soft": "#00260F", "warn": "#FFD54A", "warn_soft": "#2A2000", "bad": "#FFA69E",
    "bad_soft": "#300907", "sel": "#00384A", "on_pri": "#000000", "toast": "#FFFFFF", "on_toast": "#000000",
}  # fmt: skip

LOOKS = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}  # the three looks by name, in the order they are offered
