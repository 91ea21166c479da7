#include "services/prescription/envelope/reader.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/prescription/envelope/rules.h"

namespace tsunagu::prescription::envelope {
namespace {

using national::Findings;
using national::Rule;

constexpr size_t kMaxPrescriptionId = 36;
constexpr size_t kMinAccessCode = 6;
constexpr size_t kMaxAccessCode = 16;
constexpr size_t kDigestDigits = 64;
constexpr size_t kMaxText = 256;

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

bool AllHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isxdigit(c); });
}

bool HasControl(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(c); });
}

// The rule that a form is held to, also by a required field that is missing.
const Rule& RuleOf(Form form) {
  switch (form) {
    case Form::kBase64:
      return rules::kBase64;
    case Form::kIssueType:
      return rules::kIssueType;
    case Form::kPrescriptionId:
    case Form::kAccessCode:
      return rules::kId;
    case Form::kDay:
      return rules::kDay;
    case Form::kDigest:
      return rules::kDigest;
    case Form::kFlag:
      return rules::kFlag;
    case Form::kLongText:
      return rules::kLongText;
    case Form::kText:
      break;
  }
  return rules::kText;
}

// Of a text that is not empty; a document becomes what it decodes to.
bool HasForm(Form form, std::string& text) {
  switch (form) {
    case Form::kBase64: {
      std::string decoded;
      if (!absl::Base64Unescape(text, &decoded) || decoded.empty()) return false;
      text = std::move(decoded);
      return true;
    }
    case Form::kIssueType:
    case Form::kFlag:
      return text == "1" || text == "2";
    case Form::kPrescriptionId:
      return text.size() <= kMaxPrescriptionId && !HasControl(text);
    case Form::kAccessCode:
      return text.size() >= kMinAccessCode && text.size() <= kMaxAccessCode && AllDigits(text);
    case Form::kDay:
      return national::ParseDay(text).has_value();
    case Form::kDigest:
      return text.size() == kDigestDigits && AllHex(text);
    case Form::kLongText:
      return text.size() <= kMaxLongText && !HasControl(text);
    case Form::kText:
      break;
  }
  return text.size() <= kMaxText && !HasControl(text);
}

}  // namespace

Reader Reader::Child(absl::string_view name) const {
  const XmlElement* child = Only(name);
  if (child == nullptr) Find(rules::kOnce, name);
  return Reader(child, absl::StrCat(path_, name, "/"), findings_);
}

std::string Reader::Text(absl::string_view name) const {
  const XmlElement* child = Only(name);
  return child == nullptr ? std::string() : child->text;
}

const XmlElement* Reader::Only(absl::string_view name) const {
  const XmlElement* found = nullptr;
  if (element_ == nullptr) return nullptr;
  for (const XmlElement& child : element_->children) {
    if (child.name != name) continue;
    if (found != nullptr) {
      Find(rules::kOnce, name);
      return nullptr;
    }
    found = &child;
  }
  return found;
}

void Reader::Find(const Rule& rule, absl::string_view name) const {
  const std::string field = absl::StrCat(path_, name);
  const auto same = [&](const national::Finding& finding) {
    return finding.rule == rule.id && finding.field == field;
  };
  if (std::none_of(findings_.begin(), findings_.end(), same)) {
    national::Add(rule, 0, field, findings_);
  }
}

Fields Reader::Read(std::span<const Field> fields) const {
  Fields read;
  for (const Field& field : fields) {
    std::string text = Text(field.name);
    if (text.empty() ? field.required : !HasForm(field.form, text)) {
      Find(RuleOf(field.form), field.name);
    } else if (!text.empty()) {
      read[field.name] = std::move(text);
    }
  }
  return read;
}

std::vector<Fields> Reader::Read(const Rows& rows) const {
  std::vector<Fields> read;
  const XmlElement* list = rows.list == nullptr ? nullptr : Only(rows.list);
  if (list == nullptr) return read;
  const std::string path = absl::StrCat(path_, rows.list, "/", rows.item, "/");
  for (const XmlElement& item : list->children) {
    if (item.name != rows.item) continue;
    if (read.size() >= kMaxRows) break;
    read.push_back(Reader(&item, path, findings_).Read(rows.fields));
  }
  return read;
}

Findings Reader::List(absl::string_view name) const {
  Findings findings;
  const XmlElement* list = Only(name);
  if (list == nullptr) return findings;
  for (const XmlElement& item : list->children) {
    if (findings.size() >= kMaxFindingsPerList) break;
    Reader reader(&item, absl::StrCat(path_, name, "/", item.name, "/"), findings_);
    national::Finding& finding = findings.emplace_back();
    finding.rule = reader.Text("Rule");
    finding.severity =
        reader.Text("Severity") == "2" ? national::Severity::kWarning : national::Severity::kError;
    const std::string line = reader.Text("Line");
    reader.Require(absl::SimpleAtoi(line, &finding.record) && finding.record >= 0, rules::kFinding,
                   "Line");
    finding.field = reader.Text("Field");
    finding.text_ja = reader.Text("Text");
    finding.text_en = reader.Text("TextEn");
  }
  return findings;
}

}  // namespace tsunagu::prescription::envelope
