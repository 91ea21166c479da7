"""A fuzz target: with libFuzzer under --config=fuzz, and as a plain test that replays seeds and their mutations."""

load("//tools/build:cc.bzl", "cc_binary", "cc_test")

def fuzz_target(name, deps, seeds):
    """NAME_fuzz.cc, which defines LLVMFuzzerTestOneInput.

    Args:
      name: of the target; corpus/NAME holds what fuzzing found.
      deps: of NAME_fuzz.cc.
      seeds: file labels of valid inputs.
    """
    cc_test(
        name = name + "_replay_test",
        size = "small",
        srcs = [
            "replay.cc",
            name + "_fuzz.cc",
        ],
        args = ["$(locations %s)" % seed for seed in seeds],
        data = seeds,
        deps = deps,
    )
    cc_binary(
        name = name,
        testonly = True,
        srcs = [name + "_fuzz.cc"],
        linkopts = ["-fsanitize=fuzzer"],
        tags = ["manual"],
        deps = deps,
    )
