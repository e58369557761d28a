"""Questions after log-in, each alone and once: is the date right, did the paper come out."""
