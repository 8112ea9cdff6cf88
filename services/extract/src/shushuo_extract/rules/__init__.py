"""Families of grammar, one folder each: vocabulary, rules and examples side by side."""
