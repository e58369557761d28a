"""What is wrong with this PC, in plain words: parts that are looked at, and what was found of each.

Nothing in this room sends, prints, deletes or repairs anything; what it writes are test files of its own.
"""
