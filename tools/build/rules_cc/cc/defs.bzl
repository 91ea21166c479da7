"""The part of rules_cc that Bazel 4.2.3 and its built-in tools load, as the native rules.

Debian's bazel-rules-cc is too new for Debian's Bazel.
"""

load("@bazel_tools//tools/cpp:compiler_flag.bzl", _compiler_flag = "compiler_flag")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", _find_cpp_toolchain = "find_cpp_toolchain")

cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_proto_library = native.cc_proto_library
cc_test = native.cc_test
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
objc_import = native.objc_import
objc_library = native.objc_library
compiler_flag = _compiler_flag
find_cpp_toolchain = _find_cpp_toolchain
