#include "services/medication/uke/reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::medication::uke {
namespace {

using national::Severity;

constexpr char kEndOfFile = '\x1A';
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Lines with other than ASCII characters that are looked at to tell the encoding.
constexpr int kProbedLines = 100;

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Takes the first line off `rest`, without its line end.
absl::string_view TakeLine(absl::string_view* rest) {
  const void* end = std::memchr(rest->data(), '\n', rest->size());
  const size_t length =
      end == nullptr ? rest->size() : static_cast<const char*>(end) - rest->data();
  absl::string_view line = rest->substr(0, length);
  rest->remove_prefix(std::min(length + 1, rest->size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  // Volumes that were put one behind another leave the mark at the start of a line.
  if (!line.empty() && line.front() == kEndOfFile) line.remove_prefix(1);
  return line;
}

// The first lines tell: text in CP932 is hardly ever well-formed UTF-8 for a hundred lines.
Encoding DetectEncoding(absl::string_view bytes) {
  int probed = 0;
  while (!bytes.empty() && probed < kProbedLines) {
    const absl::string_view line = TakeLine(&bytes);
    if (IsAscii(line)) continue;
    if (!national::IsUtf8(line)) return Encoding::kCp932;
    ++probed;
  }
  return probed > 0 ? Encoding::kUtf8 : Encoding::kCp932;
}

constexpr absl::string_view kDentalTable = "3";
constexpr absl::string_view kSummary = "1";  // レセプト総括区分 of a receipt with details

// Of IR it is 医科 until the first receipt says that it is DPC.
Kind KindOf(const Record& header) {
  const absl::string_view table = header.Get(pos::kHeaderTable);
  if (header.type == RecordType::kIR && table == "1") return Kind::kMedical;
  if (header.type == RecordType::kUK && table == kDentalTable) return Kind::kDental;
  if (header.type == RecordType::kYK && table == "4") return Kind::kPharmacy;
  return Kind::kUnknown;
}

// Whether a receipt behind an IR with 点数表 1 is of DPC (MH-200). Position 19 of RE is
// レセプト総括区分 there, one digit, and 検索番号 in 医科, 17 digits or more.
bool IsDpc(const Receipt& receipt) {
  const absl::string_view summary = receipt.re.Get(pos::kReSummary);
  if (summary.size() == 1 && summary[0] >= '0' && summary[0] <= '9') return true;
  return std::any_of(receipt.lines.begin(), receipt.lines.end(), [](const Record& record) {
    return FindLayout(Kind::kDpc, record.type) != nullptr &&
           FindLayout(Kind::kMedical, record.type) == nullptr;
  });
}

// Of a receipt without a header the first digit of レセプト種別 (MH-017) tells.
Kind KindByType(const Receipt& receipt) {
  const absl::string_view type = receipt.re.Get(pos::kReType);
  switch (type.empty() ? '\0' : type[0]) {
    case '1':
      return IsDpc(receipt) ? Kind::kDpc : Kind::kMedical;
    case '3':
      return Kind::kDental;
    case '4':
      return Kind::kPharmacy;
    default:
      return Kind::kUnknown;
  }
}

// Whether `re` opens a detail of that 総括 receipt (MH-202).
bool IsDetailOf(const Receipt& receipt, const Record& re) {
  const Kind kind = receipt.header.kind;
  if (kind == Kind::kDental || kind == Kind::kPharmacy) return false;
  const absl::string_view part = re.Get(pos::kReSummary);
  return receipt.re.Get(pos::kReSummary) == kSummary && (part == "2" || part == "3") &&
         re.Get(pos::kReNumber) == receipt.re.Get(pos::kReNumber);
}

}  // namespace

absl::string_view Record::Get(int position) const {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (--position > 0) {
    at = at == nullptr ? nullptr : static_cast<const char*>(std::memchr(at, ',', end - at));
    if (at == nullptr) return {};
    ++at;
  }
  const void* comma = at == end ? nullptr : std::memchr(at, ',', end - at);
  return {at, static_cast<size_t>((comma == nullptr ? end : static_cast<const char*>(comma)) - at)};
}

size_t Split(absl::string_view line, std::span<absl::string_view> fields) {
  size_t count = 0;
  const char* at = line.data();
  const char* const end = at + line.size();
  while (true) {
    const void* found = at == end ? nullptr : std::memchr(at, ',', end - at);
    const char* const comma = found == nullptr ? end : static_cast<const char*>(found);
    if (count < fields.size()) fields[count] = {at, static_cast<size_t>(comma - at)};
    ++count;
    if (comma == end) return count;
    at = comma + 1;
  }
}

std::string Header::FacilityCode() const {
  return absl::StrCat(record.Get(pos::kHeaderPrefecture), record.Get(pos::kHeaderTable),
                      record.Get(pos::kHeaderFacility));
}

absl::string_view Header::ClaimMonth() const {
  if (record.type == RecordType::kYK) return record.Get(pos::kYkMonth);
  if (record.type == RecordType::kUK) return record.Get(pos::kUkMonth);
  return record.Get(kind == Kind::kDental ? pos::kDentalIrMonth : pos::kIrMonth);
}

std::optional<std::string> DecodeField(Encoding encoding, absl::string_view field) {
  if (IsAscii(field)) return std::string(field);
  if (encoding == Encoding::kUtf8) {
    if (!national::IsUtf8(field)) return std::nullopt;
    return std::string(field);
  }
  auto utf8 = national::Cp932ToUtf8(field);
  if (!utf8.ok()) return std::nullopt;
  return *std::move(utf8);
}

Reader::Reader(absl::string_view bytes) : rest_(bytes), encoding_(Encoding::kCp932) {
  if (absl::StartsWith(rest_, kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  while (!rest_.empty() && rest_.back() == kEndOfFile) rest_.remove_suffix(1);
  encoding_ = DetectEncoding(rest_);
}

bool Reader::Next(Receipt* receipt) {
  Record record = FindReceipt();
  if (record.empty()) {
    CheckEnd();
    return false;
  }
  Open(record, receipt);
  const size_t header = headers_.size();
  for (record = NextRecord(); !record.empty(); record = NextRecord()) {
    if (record.type == RecordType::kRE && !IsDetailOf(*receipt, record)) {
      pending_ = record;
      break;
    }
    if (ReadOutside(record)) break;
    Append(record, receipt);
  }
  SettleKind(header, receipt);
  return true;
}

Record Reader::FindReceipt() {
  Record record = std::exchange(pending_, {});
  if (record.empty()) record = NextRecord();
  for (; !record.empty() && record.type != RecordType::kRE; record = NextRecord()) {
    if (ReadOutside(record)) continue;
    Add("MH-006", Severity::kError, record.line, TypeName(record.type),
        "レセプト（RE）の外にあるレコードです", "the record stands outside of any receipt (RE)");
  }
  return record;
}

Record Reader::NextRecord() {
  while (!rest_.empty()) {
    const absl::string_view line = TakeLine(&rest_);
    ++line_;
    if (line.empty()) continue;
    if (line.size() > kMaxLineBytes) {
      Add("MH-002", Severity::kError, line_, "", "行が長すぎます", "the line is too long");
      continue;
    }
    const Record record = {line, line_, TypeOf(line)};
    if (record.type == RecordType::kForeign) {
      SkipForeign(record);
    } else if (record.type == RecordType::kUnknown) {
      Add("MH-005", Severity::kError, line_, "", "未知のレコードです", "unknown record");
    } else {
      return record;
    }
  }
  return {};
}

bool Reader::ReadOutside(const Record& record) {
  const RecordType type = record.type;
  if (type == RecordType::kIR && record.Get(pos::kHeaderTable) == kDentalTable) {
    ReadInstitution(record);
    return true;
  }
  if (type == RecordType::kIR || type == RecordType::kUK || type == RecordType::kYK) {
    ReadHeader(record);
    return true;
  }
  if (type == RecordType::kGO) {
    ReadTrailer(record);
    return true;
  }
  return false;
}

void Reader::ReadHeader(const Record& record) {
  const Kind kind = KindOf(record);
  if (kind == Kind::kUnknown) {
    Add("MH-008", Severity::kError, record.line, absl::StrCat(TypeName(record.type), "[4]"),
        "対応していない点数表です", "claims of this fee table are not supported");
  }
  AddHeader(kind, record);
}

void Reader::AddHeader(Kind kind, const Record& record) {
  if (headers_.size() == 1) {
    Add("MH-007", Severity::kWarning, record.line, TypeName(record.type),
        "ヘッダーレコードが複数あります", "the file has more than one header");
  }
  headers_.push_back({kind, encoding_, record});
}

// MH-201. Where the header (UK) is missing, the IR of the receipts stand for it.
void Reader::ReadInstitution(const Record& record) {
  if (!institution_.empty()) {
    Add("MH-006", Severity::kError, institution_.line, "IR",
        "医療機関情報（IR）の後にレセプト（RE）がありません",
        "no receipt (RE) follows the IR record");
  }
  institution_ = record;
  const bool dental = !headers_.empty() && headers_.back().kind == Kind::kDental;
  if (dental && (headers_.back().record.type == RecordType::kUK ||
                 headers_.back().record.text == record.text)) {
    return;
  }
  if (!dental) {
    Add("MH-006", Severity::kError, record.line, "IR", "受付情報（UK）がありません",
        "the header (UK) is missing");
  }
  AddHeader(Kind::kDental, record);
}

void Reader::ReadTrailer(const Record& record) {
  if (!trailer_.empty()) {
    Add("MH-006", Severity::kError, record.line, "GO", "診療報酬請求書レコード（GO）が複数あります",
        "the file has more than one end record (GO)");
  }
  trailer_ = record;
}

void Reader::Open(const Record& re, Receipt* receipt) {
  if (headers_.empty() || !trailer_.empty()) {
    Add("MH-006", Severity::kError, re.line, "RE",
        "レセプトがヘッダー（IR・UK・YK）の前、またはGOの後にあります",
        "the receipt stands before the header (IR, UK, YK) or behind the end record (GO)");
  }
  receipt->header = headers_.empty() ? Header{Kind::kUnknown, encoding_, {}} : headers_.back();
  too_long_ = false;
  receipt->re = re;
  receipt->ho = {};
  receipt->kos.clear();
  receipt->sns.clear();
  receipt->details.clear();
  receipt->lines.clear();
  if (!institution_.empty()) receipt->lines.push_back(std::exchange(institution_, {}));
  receipt->lines.push_back(re);
}

void Reader::Append(const Record& record, Receipt* receipt) {
  if (receipt->lines.size() >= kMaxLinesPerReceipt) {
    if (!std::exchange(too_long_, true)) {
      Add("MH-003", Severity::kError, record.line, "", "レセプトの行数が多すぎます",
          "the receipt has too many lines");
    }
    return;
  }
  receipt->lines.push_back(record);
  const bool in_detail = !receipt->details.empty();
  if (record.type == RecordType::kRE) receipt->details.push_back(record);
  if (record.type == RecordType::kHO && receipt->ho.empty() && !in_detail) receipt->ho = record;
  if (record.type == RecordType::kKO && !in_detail) receipt->kos.push_back(record);
  if (record.type == RecordType::kSN) receipt->sns.push_back(record);
}

// The first receipt decides for all under its header: were each judged by itself, one that lost its
// marks would be read as of 医科 among those of DPC, and nobody told.
void Reader::SettleKind(size_t header, Receipt* receipt) {
  if (header == 0) {
    receipt->header.kind = KindByType(*receipt);
    return;
  }
  Kind& kind = headers_[header - 1].kind;
  if (header > settled_headers_ && kind == Kind::kMedical && IsDpc(*receipt)) kind = Kind::kDpc;
  settled_headers_ = std::max(settled_headers_, header);
  receipt->header.kind = kind;
}

void Reader::SkipForeign(const Record& record) {
  const absl::string_view id = record.text.substr(0, 2);
  if (std::find(foreign_seen_.begin(), foreign_seen_.end(), id) != foreign_seen_.end()) return;
  foreign_seen_.push_back(id);
  Add("MH-004", Severity::kWarning, record.line, id,
      "審査支払機関・保険者のレコードを読み飛ばします",
      "records of agencies and insurers are skipped");
}

void Reader::CheckEnd() {
  if (std::exchange(ended_, true)) return;
  if (headers_.empty()) {
    Add("MH-006", Severity::kError, 0, "", "ヘッダーレコード（IR・UK・YK）がありません",
        "the header (IR, UK, YK) is missing");
  }
  if (!institution_.empty()) {
    Add("MH-006", Severity::kError, institution_.line, "IR",
        "医療機関情報（IR）の後にレセプト（RE）がありません",
        "no receipt (RE) follows the IR record");
  }
  if (trailer_.empty()) {
    Add("MH-006", Severity::kError, 0, "", "診療報酬請求書レコード（GO）がありません",
        "the end record (GO) is missing");
  }
}

void Reader::Add(const char* rule, Severity severity, int line, absl::string_view field,
                 const char* text_ja, const char* text_en) {
  if (findings_.size() >= kMaxFindings) return;
  findings_.push_back({rule, severity, line, std::string(field), text_ja, text_en});
}

}  // namespace tsunagu::medication::uke
