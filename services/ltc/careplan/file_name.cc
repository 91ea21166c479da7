#include "services/ltc/careplan/file_name.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/platform/national/jst.h"

namespace tsunagu::ltc::careplan {
namespace {

constexpr char kExtension[] = ".CSV";
constexpr size_t kPartsOfVersion3 = 3;  // sender, receiver, timestamp
constexpr size_t kPartsOfVersion4 = 5;  // and the two kinds

constexpr char kUnknownKind[] =
    "先頭が規格のファイル種類ではありません the name does not begin with a file kind: UPHOSOKU, "
    "UP1KYO, UP2KYO, UP3KYO, UPPLAN, UPJSK, UPSIKYU, DLT1KYO, DLTPLAN or DLTJSK";
constexpr char kPrevention[] =
    "介護予防サービス計画には対応していません prevention plans (UPKIHON, UPYOBO, their parts and "
    "deletes) are not supported";

absl::Status Wrong(absl::string_view what) { return absl::InvalidArgumentError(what); }

bool IsCode(absl::string_view text, size_t size) {
  if (text.size() != size) return false;
  for (const char c : text) {
    if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) return false;
  }
  return true;
}

bool IsTimestamp(absl::string_view text) {
  if (text.size() != 14 || !national::ParseDay(text.substr(0, 8))) return false;
  const absl::string_view time = text.substr(8);
  for (const char c : time) {
    if (c < '0' || c > '9') return false;
  }
  return time.substr(0, 2) < "24" && time.substr(2, 2) < "60" && time.substr(4) < "60";
}

bool IsMonth(FileKind kind, absl::string_view text) {
  if (text.size() != 6) return false;
  if (text == kNoMonth) return kind == FileKind::kSupplement;
  return national::ParseMonth(text).has_value();
}

absl::Status ReadOffices(const std::vector<absl::string_view>& parts, FileName& name) {
  const bool kinds = parts.size() == kPartsOfVersion4;
  name.source.number = std::string(parts[0]);
  name.destination.number = std::string(parts[kinds ? 2 : 1]);
  if (!IsCode(name.source.number, 10))
    return Wrong("送信元の事業所番号が10桁ではありません the sender's office number");
  if (!IsCode(name.destination.number, 10))
    return Wrong("送信先の事業所番号が10桁ではありません the receiver's office number");
  if (!kinds) return absl::OkStatus();
  if (!IsCode(parts[1], 2))
    return Wrong("送信元のサービス種類が2桁ではありません the sender's service kind");
  if (!IsCode(parts[3], 2))
    return Wrong("送信先のサービス種類が2桁ではありません the receiver's service kind");
  name.source.kind = std::string(parts[1]);
  name.destination.kind = std::string(parts[3]);
  return absl::OkStatus();
}

}  // namespace

bool IsPreventionPlan(absl::string_view name) {
  for (const char* kind : {"UPKIHON", "UPYOBO", "DLTKIHON", "DLTYOBO"}) {
    if (absl::StartsWith(name, kind)) return true;
  }
  return false;
}

absl::StatusOr<FileName> ParseFileName(absl::string_view text) {
  if (!absl::ConsumeSuffix(&text, kExtension))
    return Wrong(".CSVで終わっていません does not end with .CSV");
  std::vector<absl::string_view> parts = absl::StrSplit(text, '_');
  const std::optional<FileKind> kind = KindOfName(parts[0]);
  if (!kind) return Wrong(IsPreventionPlan(text) ? kPrevention : kUnknownKind);
  FileName name;
  name.kind = *kind;
  parts.erase(parts.begin());
  if (LayoutOf(name.kind).month_in_name) {
    if (parts.empty() || !IsMonth(name.kind, parts[0]))
      return Wrong("対象年月がありません the month");
    name.month = std::string(parts[0]);
    parts.erase(parts.begin());
  }
  if (parts.size() != kPartsOfVersion3 && parts.size() != kPartsOfVersion4) {
    return Wrong("「_」で区切る項目の数が合いません the number of parts between underscores");
  }
  if (absl::Status offices = ReadOffices(parts, name); !offices.ok()) return offices;
  if (!IsTimestamp(parts.back())) return Wrong("日時が14桁ではありません the timestamp");
  name.timestamp = std::string(parts.back());
  return name;
}

std::string BuildFileName(const FileName& name) {
  std::string text = LayoutOf(name.kind).name;
  for (const std::string* part :
       {&name.month, &name.source.number, &name.source.kind, &name.destination.number,
        &name.destination.kind, &name.timestamp}) {
    if (!part->empty()) absl::StrAppend(&text, "_", *part);
  }
  return text + kExtension;
}

}  // namespace tsunagu::ltc::careplan
