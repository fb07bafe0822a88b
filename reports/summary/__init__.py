"""What the report says in sentences: readers' own, or a language model's that check out."""
