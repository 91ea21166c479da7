#include "services/platform/hpki/xades/scan.h"

#include <cstring>
#include <vector>

#include "absl/strings/match.h"
#include "services/platform/hpki/xades/rules.h"

namespace tsunagu::xades {
namespace {

constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

absl::string_view LocalName(absl::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}

// Whether the XML declaration, if there is one, leaves the encoding at UTF-8. Everything else is
// refused: a reader that believes another encoding would read another text under one signature.
bool IsDeclaredUtf8(absl::string_view document) {
  if (absl::StartsWith(document, kByteOrderMark)) document.remove_prefix(3);
  if (!absl::StartsWith(document, "<")) return false;
  if (document.find('\0') != absl::string_view::npos) return false;
  if (!absl::StartsWith(document, "<?xml")) return true;
  const absl::string_view declaration = document.substr(0, document.find("?>"));
  const size_t at = declaration.find("encoding");
  if (at == absl::string_view::npos) return true;
  absl::string_view value = declaration.substr(at + 8);
  while (!value.empty() && (IsSpace(value[0]) || value[0] == '=')) value.remove_prefix(1);
  if (value.size() < 7) return false;
  return absl::EqualsIgnoreCase(value.substr(1, 5), "utf-8") && value[6] == value[0];
}

}  // namespace

bool TagScanner::SkipPast(absl::string_view terminator) {
  const size_t found = document_.find(terminator, at_);
  if (found == absl::string_view::npos) return false;
  at_ = found + terminator.size();
  return true;
}

TagScanner::Step TagScanner::Next(Tag* tag) {
  while (true) {
    at_ = document_.find('<', at_);
    if (at_ == absl::string_view::npos) {
      at_ = document_.size();
      return Step::kEnd;
    }
    const absl::string_view rest = document_.substr(at_);
    if (absl::StartsWith(rest, "<!--")) {
      at_ += 4;
      if (!SkipPast("-->")) return Step::kBroken;
    } else if (absl::StartsWith(rest, "<![CDATA[")) {
      if (!SkipPast("]]>")) return Step::kBroken;
    } else if (absl::StartsWith(rest, "<!")) {
      return Step::kDeclaration;
    } else if (absl::StartsWith(rest, "<?")) {
      if (!SkipPast("?>")) return Step::kBroken;
    } else {
      return ReadTag(tag);
    }
  }
}

TagScanner::Step TagScanner::ReadTag(Tag* tag) {
  *tag = Tag();
  tag->begin = at_;
  size_t at = at_ + 1;
  if (at < document_.size() && document_[at] == '/') {
    tag->type = Tag::Type::kClose;
    ++at;
  }
  const size_t name_begin = at;
  while (at < document_.size() && !IsSpace(document_[at]) && document_[at] != '/' &&
         document_[at] != '>') {
    ++at;
  }
  tag->name = document_.substr(name_begin, at - name_begin);
  while (at < document_.size() && document_[at] != '>') {
    const char c = document_[at];
    if (c == '=') ++tag->attributes;
    if (c == '"' || c == '\'') {
      at = document_.find(c, at + 1);
      if (at == absl::string_view::npos) return Step::kBroken;
    }
    ++at;
  }
  if (at >= document_.size()) return Step::kBroken;
  if (tag->type == Tag::Type::kOpen && document_[at - 1] == '/') tag->type = Tag::Type::kEmpty;
  at_ = tag->end = at + 1;
  return Step::kTag;
}

bool CheckLimits(absl::string_view document, national::Findings* findings) {
  if (document.empty() || document.size() > kMaxDocumentBytes) {
    return Report(kRuleSize, "", findings);
  }
  if (!IsDeclaredUtf8(document)) return Report(kRuleWellFormed, "", findings);
  TagScanner scanner(document);
  Tag tag;
  int depth = 0, elements = 0;
  while (true) {
    switch (scanner.Next(&tag)) {
      case TagScanner::Step::kEnd:
        return true;
      case TagScanner::Step::kDeclaration:
        return Report(kRuleNoDtd, "", findings);
      case TagScanner::Step::kBroken:
        return Report(kRuleWellFormed, "", findings);
      case TagScanner::Step::kTag:
        break;
    }
    if (tag.type == Tag::Type::kClose) {
      --depth;
      continue;
    }
    const int level = depth + 1;
    if (tag.type == Tag::Type::kOpen) ++depth;
    if (level > kMaxDepth || ++elements > kMaxElements ||
        tag.attributes > kMaxAttributesPerElement) {
      return Report(kRuleLimits, "", findings);
    }
  }
}

std::optional<ElementSpan> FindElement(absl::string_view document,
                                       const std::vector<absl::string_view>& names) {
  TagScanner scanner(document);
  Tag tag;
  size_t depth = 0, matched = 0;  // the first `matched` open elements are those of the path
  ElementSpan span;
  while (scanner.Next(&tag) == TagScanner::Step::kTag) {
    if (tag.type == Tag::Type::kClose) {
      if (depth == 0) return std::nullopt;
      if (depth == matched) {
        if (matched == names.size()) {
          span.inner_end = tag.begin;
          span.outer_end = tag.end;
          return span;
        }
        --matched;
      }
      --depth;
      continue;
    }
    const bool on_path =
        depth == matched && matched < names.size() && LocalName(tag.name) == names[depth];
    if (on_path && matched + 1 == names.size()) {
      span = {tag.begin, tag.end, tag.end, tag.end, tag.type == Tag::Type::kEmpty, tag.name};
      if (span.is_empty_tag) return span;
    }
    if (tag.type == Tag::Type::kEmpty) continue;
    if (on_path) ++matched;
    ++depth;
  }
  return std::nullopt;
}

}  // namespace tsunagu::xades
