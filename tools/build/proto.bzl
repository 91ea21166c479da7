"""One macro for a proto package: messages, and gRPC stubs where it has services."""

def _grpc_stubs_impl(ctx):
    info = ctx.attr.proto[ProtoInfo]
    headers = []
    sources = []
    for source in info.direct_sources:
        base = source.basename[:-len(".proto")]
        headers.append(ctx.actions.declare_file(base + ".grpc.pb.h"))
        sources.append(ctx.actions.declare_file(base + ".grpc.pb.cc"))
    arguments = ctx.actions.args()
    arguments.add("--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin")
    arguments.add("--grpc_out=" + ctx.bin_dir.path + "/protos")
    arguments.add_joined(
        info.transitive_descriptor_sets,
        join_with = ":",
        format_joined = "--descriptor_set_in=%s",
    )

    # The import path of a source is its path below //protos.
    arguments.add_all([ctx.label.package[len("protos/"):] + "/" + s.basename for s in info.direct_sources])
    ctx.actions.run(
        executable = "/usr/bin/protoc",
        arguments = [arguments],
        inputs = info.transitive_descriptor_sets,
        outputs = headers + sources,
        mnemonic = "GrpcStubs",
        progress_message = "Generating gRPC stubs of %s" % ctx.label,
    )
    return [
        DefaultInfo(files = depset(headers + sources)),
        OutputGroupInfo(headers = depset(headers), sources = depset(sources)),
    ]

_grpc_stubs = rule(
    implementation = _grpc_stubs_impl,
    attrs = {"proto": attr.label(mandatory = True, providers = [ProtoInfo])},
)

def tsunagu_proto(name, srcs, deps = [], grpc = False, visibility = None):
    """Builds <name>_proto, <name>_cc_proto and, with grpc, <name>_cc_grpc.

    Args:
      name: the package's short name.
      srcs: its .proto files.
      deps: short labels of other packages made by this macro (//protos/...:x), or of well-known types.
      grpc: whether the files hold services.
      visibility: of all three targets.
    """
    native.proto_library(
        name = name + "_proto",
        srcs = srcs,
        strip_import_prefix = "/protos",
        visibility = visibility,
        deps = [d if d.startswith("@") else d + "_proto" for d in deps],
    )
    native.cc_proto_library(
        name = name + "_cc_proto",
        visibility = visibility,
        deps = [":" + name + "_proto"],
    )
    if grpc:
        _grpc_stubs(
            name = name + "_stubs",
            proto = ":" + name + "_proto",
        )
        for group in ["headers", "sources"]:
            native.filegroup(
                name = name + "_stub_" + group,
                srcs = [":" + name + "_stubs"],
                output_group = group,
            )
        native.cc_library(
            name = name + "_cc_grpc",
            srcs = [":" + name + "_stub_sources"],
            hdrs = [":" + name + "_stub_headers"],
            copts = ["-w"],  # generated
            strip_include_prefix = "/protos",
            visibility = visibility,
            deps = [
                ":" + name + "_cc_proto",
                "@system//:grpc",
            ],
        )
