"""
A small stand-in for gym and gymnasium, used where neither is installed: spaces, Env, make, a registry, the basic wrappers.
It has what agents of NLE use, not what libraries for training do.
"""
