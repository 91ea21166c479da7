// The rules that a record file is held to, and how a broken one is reported.
#ifndef SERVICES_PRESCRIPTION_RECORD_RULES_H_
#define SERVICES_PRESCRIPTION_RECORD_RULES_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::prescription::record {

// The number of a rule in docs/requirements/prescription.md: 112 is "RX-112".
enum class Rule {
  kHeader = 100,
  kUndecodable = 101,
  kCharset = 102,
  kLineEnd = 103,
  kEndMark = 104,
  kTooLarge = 105,
  kRecordNumber = 106,
  kFieldCount = 107,
  kWrongFormat = 108,
  kCutOff = 109,
  kMissingRecord = 110,
  kRepeatedRecord = 111,
  kOrder = 112,
  kRpNumbers = 113,
  kFormRecord = 114,
  kUsageRecord = 115,
  kNoDrug = 116,
  kDrugSeq = 117,
  kOrphan = 118,
  kSupplementSeq = 119,
  kRequired = 120,
  kOneOf = 121,
  kDigits = 122,
  kCode = 123,
  kHalfWidth = 124,
  kTooLong = 125,
  kForbidden = 126,
  kSpaces = 127,
  kValue = 128,
  kDecimal = 129,
  kDay = 130,
  kBirthDay = 131,
  kFraction = 132,
  kZero = 133,
  kSplitAmountAlone = 140,
  kSplitTotal = 141,
  kSplitAmountMissing = 142,
  kSplitRange = 143,
  kRefillRange = 144,
  kRefillAndSplit = 145,
  kSplitPart = 146,
  kUnevenSum = 150,
  kCostShareAll = 151,
  kCostSharePayer = 152,
  kUsageSupplementCode = 153,
  kDrugSupplementCode = 154,
  kFormName = 156,
  kUsageCode = 157,
  kDrugCode = 158,
  kDrugName = 159,
  kDummyCode = 160,
  kDrugCodeMissing = 161,
  kUseBy = 170,
  kCheckDigit = 171,
  kPrefecture = 172,
  kIdentity = 173,
  kBornLater = 174,
  kIssuerCode = 175,
  kNarcotic = 180,
  kUnknownDrug = 181,
  kUnit = 182,
  kDrugNameDiffers = 183,
  kRefillExcluded = 184,
  kNextDay = 190,
  kNeedlessFactor = 200,
  kMetricFactor = 201,
  kNoSj1Code = 204,
  kFreeUsage = 205,
  kNotInsured = 206,
  kRegisteredBefore = 207,
  kNotInQr = 208,
  kNotInCp932 = 209,
  kBrandName = 570,
  kUncheckedFactor = 571,
  kExternalAmount = 573,
  kSingleDoseSum = 574,
  kSingleAndUneven = 575,
  kUseByTooLate = 576,
  kExcludedPayer = 577,
  kPercent = 581,
  kPercentSum = 582,
};

struct RuleText {
  Rule rule;
  national::Severity severity;
  absl::string_view ja;
  absl::string_view en;
};

// Every rule, in the order of its number.
std::span<const RuleText> Rules();

// "RX-112".
std::string RuleId(Rule rule);

// Findings are bounded: a hostile file must not cost more to refuse than a good one to take.
inline constexpr size_t kMaxFindings = 200;

// Collects findings. Not thread safe.
class Report {
 public:
  // `line` is 1-based, 0 means the whole file; `field` as Finding has it. Beyond kMaxFindings, what
  // comes is dropped.
  void Add(Rule rule, int line, absl::string_view field = "");

  const national::Findings& findings() const { return findings_; }

 private:
  national::Findings findings_;
};

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_RULES_H_
