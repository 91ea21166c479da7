"""The C++ rules of this project: the native ones, with the precompiled header of tools/build/pch in front."""

_COPTS = ["-include-pch", "$(BINDIR)/tools/build/pch/common.pch"]
_DEPS = ["//tools/build/pch:common"]

def cc_library(name, srcs = [], copts = [], deps = [], **kwargs):
    """A cc_library; without sources nothing is compiled, so nothing is put in front."""
    native.cc_library(
        name = name,
        srcs = srcs,
        copts = (_COPTS if srcs else []) + copts,
        deps = deps + (_DEPS if srcs else []),
        **kwargs
    )

def cc_binary(name, copts = [], deps = [], **kwargs):
    native.cc_binary(name = name, copts = _COPTS + copts, deps = deps + _DEPS, **kwargs)

def cc_test(name, copts = [], deps = [], **kwargs):
    native.cc_test(name = name, copts = _COPTS + copts, deps = deps + _DEPS, **kwargs)
