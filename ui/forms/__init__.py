"""Editors made from FieldSpecs: one for each kind of field, laid out in a grid."""
