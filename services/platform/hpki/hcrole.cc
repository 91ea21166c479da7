#include "services/platform/hpki/hcrole.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "services/platform/hpki/der.h"

namespace tsunagu::hpki {
namespace {

// Content octets of 1.0.17090.0.1 and 1.2.392.100495.1.6.1.1. Their DER is unique, so comparing
// bytes compares identifiers.
constexpr char kHcRoleType[] = "\x28\x81\x85\x42\x00\x01";
constexpr char kJapaneseScheme[] = "\x2A\x83\x08\x86\x91\x0F\x01\x06\x01\x01";

template <size_t kSize>
constexpr absl::string_view Bytes(const char (&literal)[kSize]) {
  return {literal, kSize - 1};
}

// Names are plain ASCII in every certificate and document known; anything else is a look-alike.
bool IsRoleName(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxRoleNameBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

// The single element inside an explicit tag.
bool Unwrap(absl::string_view wrapped, DerElement& element) {
  DerReader reader(wrapped);
  return reader.Next(element) && reader.done();
}

class Reader {
 public:
  bool ReadExtension(absl::string_view value) {
    absl::string_view attributes;
    if (!ReadSingle(value, kDerSequence, attributes) || attributes.empty()) return false;
    return ForEach(attributes, kDerSequence, [&](auto attribute) { return Attribute(attribute); });
  }

  std::vector<std::string> TakeNames() { return std::move(names_); }

 private:
  // Calls `read` with the content of each element; all must have the identifier.
  template <typename Read>
  bool ForEach(absl::string_view contents, uint8_t identifier, Read read) {
    DerReader reader(contents);
    while (!reader.done()) {
      absl::string_view content;
      if (++items_ > kMaxHcRoleItems || !reader.Next(identifier, content) || !read(content)) {
        return false;
      }
    }
    return true;
  }

  bool Attribute(absl::string_view attribute) {
    DerReader reader(attribute);
    absl::string_view type, values;
    if (!reader.Next(kDerOid, type) || !reader.Next(kDerSet, values) || !reader.done()) {
      return false;
    }
    if (type != Bytes(kHcRoleType)) return true;
    if (std::exchange(seen_, true)) return false;
    return ForEach(values, kDerSet, [&](auto data) {
      return ForEach(data, kDerSequence, [&](auto actor) { return Actor(actor); });
    });
  }

  bool Actor(absl::string_view actor) {
    DerReader reader(actor);
    absl::string_view wrapped, regional, coded;
    if (!reader.Next(DerExplicit(0), wrapped)) return false;
    if (!reader.done() && (!reader.Next(DerExplicit(1), regional) || !reader.done())) return false;
    return ReadSingle(wrapped, kDerSet, coded) && CodedData(coded);
  }

  // The members of this SET are told apart by their tags, which DER sorts.
  bool CodedData(absl::string_view coded) {
    DerReader reader(coded);
    bool is_japanese = false;
    absl::string_view name;
    int last_tag = -1;
    while (!reader.done()) {
      DerElement member, inner;
      if (!reader.Next(member) || !Unwrap(member.content, inner)) return false;
      const int tag = member.identifier - DerExplicit(0);
      if (tag <= last_tag || tag > 2) return false;
      last_tag = tag;
      if (tag == 0) {
        if (inner.identifier != kDerOid) return false;
        is_japanese = inner.content == Bytes(kJapaneseScheme);
      } else if (tag == 2) {
        if (inner.identifier != kDerUtf8String && inner.identifier != kDerPrintableString) {
          return false;
        }
        if (!IsRoleName(inner.content)) return false;
        name = inner.content;
      }
    }
    if (is_japanese && !name.empty()) names_.emplace_back(name);
    return true;
  }

  std::vector<std::string> names_;
  size_t items_ = 0;
  bool seen_ = false;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadHcRole(absl::string_view extension_value) {
  Reader reader;
  if (!reader.ReadExtension(extension_value)) {
    return absl::InvalidArgumentError("the extension subjectDirectoryAttributes is malformed");
  }
  return reader.TakeNames();
}

}  // namespace tsunagu::hpki
