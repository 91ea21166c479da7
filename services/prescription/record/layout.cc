#include "services/prescription/record/layout.h"

namespace tsunagu::prescription::record {
namespace {

using enum FieldType;
using enum Need;

constexpr FieldLayout kIssuer[] = {{"table", kDigits, 1, kOptional, "1,3,6"},
                                   {"code", kCode, 7, kRequired},
                                   {"prefecture", kCode, 2, kRequired},
                                   {"name", kText, 60}};
constexpr FieldLayout kPharmacy[] = {{"table", kDigits, 1, kRequired, "4"},
                                     {"code", kCode, 7, kRequired},
                                     {"prefecture", kCode, 2, kRequired},
                                     {"name", kText, 60}};
constexpr FieldLayout kAddress[] = {{"postal_code", kCode, 8, kOneOf},
                                    {"address", kText, 50, kOneOf}};
constexpr FieldLayout kPhone[] = {
    {"phone", kCode, 13, kRequired}, {"fax", kCode, 13}, {"contact", kText, 50}};
constexpr FieldLayout kDepartment[] = {
    {"kind", kDigits, 1, kRequired, "1,2"}, {"code", kCode, 6}, {"name", kText, 40, kRequired}};
constexpr FieldLayout kDoctor[] = {
    {"code", kCode, 15}, {"kana", kHalf, 40}, {"name", kText, 20, kRequired}};
constexpr FieldLayout kPrescriptionId[] = {{"prescription_id", kCode, 36, kRequired}};
constexpr FieldLayout kPatient[] = {
    {"code", kCode, 15}, {"name", kText, 20, kOneOf}, {"kana", kHalf, 40, kOneOf}};
constexpr FieldLayout kSex[] = {{"sex", kDigits, 1, kRequired, "1,2"}};
constexpr FieldLayout kBirth[] = {{"birth", kBirthDay, 8, kRequired}};
constexpr FieldLayout kBurden[] = {{"class", kDigits, 1, kRequired, "1,2,3,4,5"}};
constexpr FieldLayout kPharmacist[] = {{"name", kText, 20, kRequired}, {"contact", kText, 50}};
constexpr FieldLayout kInsuranceKind[] = {{"kind", kDigits, 1, kRequired, "1,2,3,4,5,6,7"}};
constexpr FieldLayout kInsurer[] = {{"insurer", kCode, 14}};
constexpr FieldLayout kInsured[] = {{"symbol", kText, 20},
                                    {"number", kText, 20},
                                    {"relation", kDigits, 1, kRequired, "1,2"},
                                    {"branch", kCode, 2}};
constexpr FieldLayout kRates[] = {{"patient_percent", kDigits, 3, kRequired},
                                  {"insurer_percent", kDigits, 3, kRequired}};
constexpr FieldLayout kWorkReason[] = {{"reason", kDigits, 1, kRequired, "1,2,3"}};
constexpr FieldLayout kPayer[] = {{"payer", kDigits, 8, kRequired}, {"beneficiary", kDigits, 7}};
constexpr FieldLayout kSpecialPayer[] = {{"payer", kText, 20, kRequired},
                                         {"beneficiary", kText, 20}};
constexpr FieldLayout kReceiptKind[] = {{"kind", kDigits, 4, kRequired}};
constexpr FieldLayout kDayField[] = {{"day", kDay, 8, kRequired}};
constexpr FieldLayout kNarcotic[] = {
    {"licence", kCode, 15}, {"address", kText, 50, kRequired}, {"phone", kCode, 13, kRequired}};
constexpr FieldLayout kNarcoticSj1[] = {{"licence", kCode, 15, kRequired},
                                        {"address", kText, 50, kRequired},
                                        {"phone", kCode, 13, kRequired}};
constexpr FieldLayout kLeftover[] = {{"kind", kDigits, 1, kRequired, "1,2"}};
constexpr FieldLayout kSplit[] = {{"total", kDigits, 2, kRequired},
                                  {"index", kDigits, 2, kRequired}};
constexpr FieldLayout kRefill[] = {{"total", kDigits, 1, kRequired}};
constexpr FieldLayout kRemark[] = {{"seq", kDigits, 3, kRequired},
                                   {"kind", kDigits, 2, kOptional, "1,2,3"},
                                   {"text", kText, 50, kRequired}};
constexpr FieldLayout kExchangeNumber[] = {{"kind", kDigits, 1, kRequired, "1"},
                                           {"number", kDigits, 16, kRequired}};
constexpr FieldLayout kForm[] = {{"rp", kDigits, 3, kRequired},
                                 {"form", kDigits, 1, kRequired, "1,2,3,4,5,6,9"},
                                 {"form_name", kText, 2},
                                 {"amount", kDigits, 3, kRequired}};
constexpr FieldLayout kSplitAmount[] = {{"rp", kDigits, 3, kRequired},
                                        {"part", kDigits, 3, kRequired},
                                        {"total", kDigits, 3, kRequired}};
constexpr FieldLayout kUsageJahis[] = {{"rp", kDigits, 3, kRequired},
                                       {"code_kind", kDigits, 1, kRequired, "1,2"},
                                       {"code", kCode, 16},
                                       {"text", kText, 50, kRequired},
                                       {"times", kDigits, 2}};
constexpr FieldLayout kUsageSj1[] = {{"rp", kDigits, 3, kRequired},
                                     {"code_kind", kDigits, 1, kRequired, "3"},
                                     {"code", kCode, 16, kRequired},
                                     {"text", kText, 150, kRequired},
                                     {"times", kDigits, 2}};
// The transcription says two digits for seq and a range to 999: both are accepted.
constexpr FieldLayout kUsageSupplement[] = {{"rp", kDigits, 3, kRequired},
                                            {"seq", kDigits, 3, kRequired},
                                            {"kind", kDigits, 2, kOptional, "1,2,3,4,5,6,7,8,9"},
                                            {"text", kText, 50, kRequired},
                                            {"supplement_code", kCode, 8},
                                            {"site_code", kCode, 3}};
constexpr FieldLayout kDrugJahis[] = {{"rp", kDigits, 3, kRequired},
                                      {"seq", kDigits, 2, kRequired},
                                      {"info_kind", kDigits, 1, kOptional, "1,2,3"},
                                      {"code_kind", kDigits, 1, kRequired, "1,2,3,4,6,7"},
                                      {"code", kCode, 13},
                                      {"name", kText, 40},
                                      {"dose", kDecimal, 12, kRequired},
                                      {"strength", kDigits, 1, kRequired, "1,2"},
                                      {"unit", kText, 6, kRequired}};
constexpr FieldLayout kDrugSj1[] = {{"rp", kDigits, 3, kRequired},
                                    {"seq", kDigits, 2, kRequired},
                                    {"info_kind", kDigits, 1, kOptional, "1,2"},
                                    {"code_kind", kDigits, 1, kRequired, "2,4,7"},
                                    {"code", kCode, 13, kRequired},
                                    {"name", kText, 40},
                                    {"dose", kDecimal, 12, kRequired},
                                    {"strength", kDigits, 1, kRequired, "1,2"},
                                    {"unit", kText, 6, kRequired}};
constexpr FieldLayout kConversion[] = {{"rp", kDigits, 3, kRequired},
                                       {"seq", kDigits, 2, kRequired},
                                       {"factor", kDecimal, 12, kRequired}};
constexpr FieldLayout kUneven[] = {{"rp", kDigits, 3, kRequired},
                                   {"seq", kDigits, 2, kRequired},
                                   {"dose1", kDecimal, 12, kRequired},
                                   {"dose2", kDecimal, 12, kRequired},
                                   {"dose3", kDecimal, 12},
                                   {"dose4", kDecimal, 12},
                                   {"dose5", kDecimal, 12},
                                   {"code1", kCode, 8},
                                   {"code2", kCode, 8},
                                   {"code3", kCode, 8},
                                   {"code4", kCode, 8},
                                   {"code5", kCode, 8}};
constexpr FieldLayout kCostShare[] = {{"rp", kDigits, 3, kRequired},
                                      {"seq", kDigits, 2, kRequired},
                                      {"public1", kDigits, 1, kOptional, "0,1"},
                                      {"public2", kDigits, 1, kOptional, "0,1"},
                                      {"public3", kDigits, 1, kOptional, "0,1"},
                                      {"special", kDigits, 1, kOptional, "0,1"}};
constexpr FieldLayout kSingleDose[] = {{"rp", kDigits, 3, kRequired},
                                       {"seq", kDigits, 2, kRequired},
                                       {"dose", kFraction, 12, kRequired},
                                       {"times", kDigits, 2}};
constexpr FieldLayout kDrugSupplement[] = {{"rp", kDigits, 3, kRequired},
                                           {"seq", kDigits, 2, kRequired},
                                           {"supplement_seq", kDigits, 3, kRequired},
                                           {"kind", kDigits, 2, kOptional, "1,2,3,4,5,6,7,8"},
                                           {"text", kText, 50, kRequired},
                                           {"supplement_code", kCode, 8}};
constexpr FieldLayout kClinical[] = {
    {"seq", kDigits, 3, kRequired}, {"drug_name", kText, 40}, {"text", kText, 300, kRequired}};
constexpr FieldLayout kLaboratory[] = {{"seq", kDigits, 3, kRequired},
                                       {"text", kText, 300, kRequired}};
constexpr FieldLayout kDrugCaution[] = {
    {"rp", kDigits, 3, kRequired}, {"seq", kDigits, 2, kRequired}, {"text", kText, 300, kRequired}};
constexpr FieldLayout kRpCaution[] = {{"rp", kDigits, 3, kRequired},
                                      {"text", kText, 300, kRequired}};
constexpr FieldLayout kNote[] = {{"text", kText, 300, kRequired}};
constexpr FieldLayout kMessage[] = {{"kind", kDigits, 2, kOptional, "30,31,99"},
                                    {"text", kText, 300, kRequired}};
constexpr FieldLayout kInquiry[] = {{"seq", kDigits, 3, kRequired},
                                    {"kind", kDigits, 3, kRequired, "999"},
                                    {"text", kText, 600, kRequired}};
constexpr FieldLayout kRefillUse[] = {{"count", kDigits, 1, kRequired, "1,2,3"},
                                      {"end", kDigits, 1, kRequired, "1,2"},
                                      {"next_day", kDay, 8}};

constexpr unsigned kQr = static_cast<unsigned>(Format::kJahis);
constexpr unsigned kRx = static_cast<unsigned>(Format::kSj1);
constexpr unsigned kResult = static_cast<unsigned>(Format::kCj1);
constexpr unsigned kBoth = kQr | kRx;
constexpr unsigned kAll = kBoth | kResult;

using enum Scope;
// Presence shares names with Need, so its values are spelled here once.
constexpr Presence kMust = Presence::kRequired;
constexpr Presence kMay = Presence::kOptional;
constexpr Presence kMany = Presence::kRepeated;

constexpr RecordLayout kLayouts[] = {
    {1, "医療機関", kBoth, kHeader, kMust, kIssuer},
    {1, "薬局", kResult, kHeader, kMust, kPharmacy},
    {2, "所在地", kAll, kHeader, kMay, kAddress},
    {3, "電話", kAll, kHeader, kMay, kPhone},
    {4, "診療科", kBoth, kHeader, kMay, kDepartment},
    {5, "医師", kBoth, kHeader, kMust, kDoctor},
    {7, "処方箋ID", kResult, kHeader, kMay, kPrescriptionId},
    {11, "患者氏名", kAll, kHeader, kMust, kPatient},
    {12, "患者性別", kAll, kHeader, kMust, kSex},
    {13, "患者生年月日", kAll, kHeader, kMust, kBirth},
    {14, "患者一部負担区分", kAll, kHeader, kMay, kBurden},
    {15, "薬剤師", kResult, kHeader, kMust, kPharmacist},
    {21, "保険種別", kAll, kHeader, kMay, kInsuranceKind},
    {22, "保険者番号", kAll, kHeader, kMust, kInsurer},
    {23, "記号番号", kAll, kHeader, kMust, kInsured},
    {24, "負担・給付率", kAll, kHeader, kMay, kRates},
    {25, "職務上の事由", kAll, kHeader, kMay, kWorkReason},
    {27, "第一公費", kAll, kHeader, kMay, kPayer},
    {28, "第二公費", kAll, kHeader, kMay, kPayer},
    {29, "第三公費", kAll, kHeader, kMay, kPayer},
    {30, "特殊公費", kAll, kHeader, kMay, kSpecialPayer},
    {31, "レセプト種別", kAll, kHeader, kMay, kReceiptKind},
    {51, "処方箋交付年月日", kBoth, kHeader, kMust, kDayField},
    {51, "調剤年月日", kResult, kHeader, kMust, kDayField},
    {52, "使用期限年月日", kBoth, kHeader, kMay, kDayField},
    {60, "麻薬施用", kRx, kHeader, kMay, kNarcoticSj1},
    {61, "麻薬施用", kQr, kHeader, kMay, kNarcotic},
    {61, "麻薬施用", kRx, kHeader, kMay, kNarcoticSj1},
    {62, "残薬確認欄", kBoth, kHeader, kMay, kLeftover},
    {63, "分割指示", kAll, kHeader, kMay, kSplit},
    {64, "リフィル", kBoth, kHeader, kMay, kRefill},
    {81, "備考", kBoth, kHeader, kMany, kRemark},
    {82, "処方箋番号", kBoth, kHeader, kMay, kExchangeNumber},
    {101, "剤形", kAll, kRp, kMust, kForm},
    {102, "分割調剤量", kAll, kRp, kMay, kSplitAmount},
    {111, "用法", kQr, kRp, kMust, kUsageJahis},
    {111, "用法", kRx | kResult, kRp, kMust, kUsageSj1},
    {181, "用法補足", kAll, kRp, kMany, kUsageSupplement},
    {201, "薬品", kQr, kDrug, kMust, kDrugJahis},
    {201, "薬品", kRx | kResult, kDrug, kMust, kDrugSj1},
    {211, "単位変換", kAll, kDrug, kMay, kConversion},
    {221, "不均等", kAll, kDrug, kMay, kUneven},
    {231, "負担区分", kAll, kDrug, kMay, kCostShare},
    {241, "薬品1回服用量", kAll, kDrug, kMay, kSingleDose},
    {281, "薬品補足", kAll, kDrug, kMany, kDrugSupplement},
    {291, "薬品服用注意", kResult, kDrug, kMany, kDrugCaution},
    {301, "診療情報", kRx, kTail, kMany, kClinical},
    {302, "検査値", kRx, kTail, kMany, kLaboratory},
    {391, "処方服用注意", kResult, kRpEnd, kMany, kRpCaution},
    {401, "服用注意", kResult, kTail, kMany, kNote},
    {411, "情報提供", kResult, kTail, kMany, kMessage},
    {501, "備考", kResult, kTail, kMany, kNote},
    {511, "疑義照会結果", kResult, kTail, kMany, kInquiry},
    {521, "リフィル調剤", kResult, kTail, kMay, kRefillUse},
};

}  // namespace

absl::string_view FormatName(Format format) {
  switch (format) {
    case Format::kJahis:
      return "JAHIS";
    case Format::kSj1:
      return "SJ1";
    case Format::kCj1:
      return "CJ1";
  }
  return "";
}

std::span<const RecordLayout> Layouts() { return kLayouts; }

const RecordLayout* FindLayout(Format format, int number) {
  for (const RecordLayout& layout : kLayouts) {
    if (layout.number == number && (layout.formats & static_cast<unsigned>(format)) != 0) {
      return &layout;
    }
  }
  return nullptr;
}

bool IsKnownRecord(int number) {
  for (const RecordLayout& layout : kLayouts) {
    if (layout.number == number) return true;
  }
  return false;
}

std::optional<size_t> FieldIndex(const RecordLayout& layout, absl::string_view name) {
  for (size_t i = 0; i < layout.fields.size(); ++i) {
    if (layout.fields[i].name == name) return i;
  }
  return std::nullopt;
}

}  // namespace tsunagu::prescription::record
