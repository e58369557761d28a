"""The camera: a process of its own that looks and reads, and the window's end of it.

`ladder`, `pictures`, `sources` and `child` import OpenCV and belong to that process alone.
"""
