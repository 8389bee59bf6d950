"""The LTI 1.3 tool. Nothing is imported here: the command ``quizferry`` passes through, and must start at once."""
