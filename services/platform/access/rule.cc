#include "services/platform/access/rule.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/message.h"

namespace tsunagu::access {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr char kOurPackages[] = "tsunagu.";

const v1::Rule* RuleOfMethod(const MethodDescriptor& method) {
  if (!method.options().HasExtension(v1::rule)) return nullptr;
  return &method.options().GetExtension(v1::rule);
}

void AddService(const ServiceDescriptor& service, std::vector<Method>& methods) {
  for (int m = 0; m < service.method_count(); ++m) {
    const MethodDescriptor& method = *service.method(m);
    methods.push_back({absl::StrCat("/", service.full_name(), "/", method.name()),
                       service.full_name(), RuleOfMethod(method),
                       MessageFactory::generated_factory()->GetPrototype(method.input_type()),
                       method.server_streaming()});
  }
}

std::vector<Method> ReadMethods() {
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::vector<Method> methods;
  for (const std::string& name : files) {
    const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileByName(name);
    if (file == nullptr || !absl::StartsWith(file->package(), kOurPackages)) continue;
    for (int s = 0; s < file->service_count(); ++s) AddService(*file->service(s), methods);
  }
  std::sort(methods.begin(), methods.end(),
            [](const Method& a, const Method& b) { return a.path < b.path; });
  return methods;
}

}  // namespace

const std::vector<Method>& AllMethods() {
  static const auto* const kMethods = new std::vector<Method>(ReadMethods());
  return *kMethods;
}

const Method* FindMethod(absl::string_view path) {
  using Index = absl::flat_hash_map<absl::string_view, const Method*>;
  static const auto* const kIndex = [] {
    auto* index = new Index;
    for (const Method& method : AllMethods()) index->emplace(method.path, &method);
    return index;
  }();
  const auto found = kIndex->find(path);
  return found == kIndex->end() ? nullptr : found->second;
}

const v1::Rule* FindRule(absl::string_view path) {
  const Method* method = FindMethod(path);
  return method == nullptr ? nullptr : method->rule;
}

}  // namespace tsunagu::access
