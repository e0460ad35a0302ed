"""Figures of a portal as values: a measure is one module, a pure function of the records, with its definition.

What the records do not tell is never guessed and never a zero: it is left out, and the values say so.
"""
