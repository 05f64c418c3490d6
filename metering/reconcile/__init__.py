"""Usage that came without an owner: evidence is matched by rules, a person confirms, the window's end decides.

``evidence``   what speaks for whose a resource was
"""
