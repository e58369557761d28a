"""The protocol's calls as OpenAPI 3.1, made from the message types themselves."""
