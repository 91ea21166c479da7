"""A precompiled header of Clang as a rule, so that library headers are parsed once and not three hundred times."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

# The templates that the headers use are instantiated here, once. The result must be the same file in every clone, as
# Bazel's cache hands it from one to another: so it knows no times, no folder, and no header file of ours (it is read
# from standard input).
_FLAGS = [
    "-fpch-instantiate-templates",
    "-Xclang",
    "-fno-pch-timestamp",
    "-working-directory=/proc/self/cwd",
]

def _precompiled_header_impl(ctx):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )

    compiled = ctx.actions.declare_file(ctx.label.name + ".pch")
    defines = depset(transitive = [dep[CcInfo].compilation_context.defines for dep in ctx.attr.deps])
    variables = cc_common.create_compile_variables(
        cc_toolchain = toolchain,
        feature_configuration = features,
        user_compile_flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts,
        preprocessor_defines = defines,
        use_pic = True,
    )
    flags = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )
    compiler = cc_common.get_tool_for_action(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
    )
    ctx.actions.run_shell(
        command = "header=$1; shift; exec \"$@\" < \"$header\"",
        arguments = [ctx.file.header.path, compiler] + flags + _FLAGS +
                    ["-x", "c++-header", "-c", "-", "-o", compiled.path],
        env = cc_common.get_environment_variables(
            feature_configuration = features,
            action_name = CPP_COMPILE_ACTION_NAME,
            variables = variables,
        ),
        inputs = depset([ctx.file.header], transitive = [toolchain.all_files]),
        outputs = [compiled],
        mnemonic = "CppPrecompile",
        progress_message = "Precompiling %s" % ctx.file.header.short_path,
    )

    # Whoever uses it must see the same defines; the libraries themselves each file still asks for.
    return [CcInfo(compilation_context = cc_common.create_compilation_context(
        defines = defines,
        headers = depset([compiled]),
    ))]

precompiled_header = rule(
    implementation = _precompiled_header_impl,
    attrs = {
        "deps": attr.label_list(doc = "libraries whose defines hold for the header", providers = [CcInfo]),
        "header": attr.label(mandatory = True, allow_single_file = [".h"]),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
