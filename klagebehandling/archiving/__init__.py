"""What leaves for an archive, in plain Python, without a model.

What a case is made of (``archived``), in the words of the Norwegian and the Swedish
standard (``fiks_arkiv``, ``erms``), and the bundle with its check
(``verify_bundle``), which is one file that runs anywhere.
"""
