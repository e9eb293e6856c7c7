"""A reader's pages: the library wall, a work, a chapter, the place one stopped at. Knows the layers below it.

Every page starts from `visible_to(visitor)`; nobody signed out is given a cookie.
"""
