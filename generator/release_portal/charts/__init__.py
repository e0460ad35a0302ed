"""Figures as accessible SVG, each with the table of what it draws: one module, one figure, frozen values in."""
