"""The way to the centre looked at step by step; nothing but one signed hello is sent, nothing is written."""
