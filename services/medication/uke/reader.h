// Splits a receipt file into receipts without copying it.
//
// Tolerant, for files come in many hands: CP932 or UTF-8, CRLF or LF, with or without the final
// 0x1A, trailing fields left out, several headers, and the extra records of insurers' copies are
// all read. What was not as the specification has it is told in findings (rules MH-001 to MH-009
// and MH-200 to MH-202, MH-213).
#ifndef SERVICES_MEDICATION_UKE_READER_H_
#define SERVICES_MEDICATION_UKE_READER_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/medication/uke/layout.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {

inline constexpr size_t kMaxLineBytes = 64 * 1024;    // the longest text item has 2,400
inline constexpr size_t kMaxLinesPerReceipt = 20000;  // the longest known receipt has 800
inline constexpr size_t kMaxFindings = 1000;          // of one file; more help nobody

enum class Encoding : uint8_t { kCp932, kUtf8 };

// One line of the file. Views into the reader's buffer.
struct Record {
  absl::string_view text;  // without its line end, in the file's encoding; empty: no such record
  int line = 0;            // 1-based
  RecordType type = RecordType::kUnknown;

  bool empty() const { return text.empty(); }
  // The field at that 1-based position, as it stands in the file; empty when left out. Walks the
  // line: use Split for more than a few fields.
  absl::string_view Get(int position) const;
};

// Writes the fields of a line to `fields` (position 1 first) and returns how many the line has,
// which may be more than there was room for.
size_t Split(absl::string_view line, std::span<absl::string_view> fields);

// The header in force (IR, UK or YK). Views into the reader's buffer, in the file's encoding.
struct Header {
  Kind kind = Kind::kUnknown;
  Encoding encoding = Encoding::kCp932;
  Record record;

  // 都道府県 2 + 点数表 1 + コード 7: the 10-digit code used by オンライン資格確認.
  std::string FacilityCode() const;
  // 請求年月 as it stands in the file.
  absl::string_view ClaimMonth() const;
};

// One receipt: all records from RE up to the next one, in the order of the file. Of 歯科 the IR
// that stands before RE is its first line. Of DPC a 総括 receipt and the details behind it, each
// with an RE of its own, are one receipt (MH-202). Views into the reader's buffer.
struct Receipt {
  Header header;
  Record re;                    // the first one
  Record ho;                    // the first one; empty when public payers alone pay
  std::vector<Record> kos;      // public payers, without those of details
  std::vector<Record> sns;      // qualification checks
  std::vector<Record> details;  // RE records of the details
  std::vector<Record> lines;    // all of them, no insurers' records
};

// The UTF-8 of a field. Nothing when the bytes are not of the file's encoding.
std::optional<std::string> DecodeField(Encoding encoding, absl::string_view field);

// Reads one file. Not thread safe. The buffer must outlive the reader and all receipts.
class Reader {
 public:
  explicit Reader(absl::string_view bytes);

  // Reads the next receipt into `receipt`, whose memory is used again. False at the end of the
  // file.
  bool Next(Receipt* receipt);

  // All headers read so far, in order. The kind of the last one may change from 医科 to DPC with
  // its first receipt.
  const std::vector<Header>& headers() const { return headers_; }
  // The GO record; empty until it has been read.
  const Record& trailer() const { return trailer_; }
  Encoding encoding() const { return encoding_; }
  int lines() const { return line_; }

  // What was wrong with the structure; complete once Next has returned false. At most kMaxFindings.
  const national::Findings& findings() const { return findings_; }

 private:
  // The next line of a known type, or an empty record at the end.
  Record NextRecord();
  // Whether the record stands outside receipts; if so it has been read.
  bool ReadOutside(const Record& record);
  void ReadHeader(const Record& record);
  void AddHeader(Kind kind, const Record& record);
  void ReadInstitution(const Record& record);
  void ReadTrailer(const Record& record);
  // The next RE, or an empty record at the end.
  Record FindReceipt();
  void Open(const Record& re, Receipt* receipt);
  void Append(const Record& record, Receipt* receipt);
  void SettleKind(size_t header, Receipt* receipt);
  void SkipForeign(const Record& record);
  void CheckEnd();
  void Add(const char* rule, national::Severity severity, int line, absl::string_view field,
           const char* text_ja, const char* text_en);

  absl::string_view rest_;
  Encoding encoding_;
  int line_ = 0;
  Record pending_;      // the RE that ended the receipt before it
  Record institution_;  // IR of 歯科, of the receipt that follows
  Record trailer_;
  std::vector<Header> headers_;
  size_t settled_headers_ = 0;                   // whose first receipt has been read
  std::vector<absl::string_view> foreign_seen_;  // ids already warned of
  bool too_long_ = false;                        // the open receipt has been reported
  bool ended_ = false;
  national::Findings findings_;
};

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_READER_H_
