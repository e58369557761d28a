"""The form language: fields as data, conditions as data, one evaluation for window, paper and centre."""
