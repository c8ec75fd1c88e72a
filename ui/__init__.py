"""The screens: Qt, and nothing but Qt."""
