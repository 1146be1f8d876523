"""What people read: texts, formats, sentences, tables."""
