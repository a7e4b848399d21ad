"""Agreements over time: what is stated of each, its state on a day, and where its bar stands on an axis.

In: an open release. Out: plain values that the site draws; all that is stated, question 53 gives.
"""
