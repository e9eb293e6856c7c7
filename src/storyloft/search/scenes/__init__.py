"""The story somebody half remembers: what they tell is read, looked for in many ways, and shown by its scenes."""
