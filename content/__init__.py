"""What a quiz is: the model, its scoring, its prose, and the text formats that it is read from and written to."""

__version__ = "0.1.0"
