"""QTI 2.1, 2.2 and 3.0: one test with its items, for assessment tools and LMSs that read the standard."""
