#include "services/prescription/record/rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace tsunagu::prescription::record {
namespace {

using enum Rule;
constexpr auto kError = national::Severity::kError;
constexpr auto kWarning = national::Severity::kWarning;

constexpr RuleText kRules[] = {
    {kHeader, kError, "先頭行がこの用途の形式（JAHISnn、SJ1、CJ1）ではありません",
     "the first line is not that of the format expected here (JAHISnn, SJ1 or CJ1; only SJ1 is "
     "signed and registered)"},
    {kUndecodable, kError, "文字コードとして読めないバイトがあります",
     "the line holds bytes that are no text"},
    {kCharset, kError, "文字コードはシフトJISでなければなりません",
     "the charset must be Shift_JIS"},
    {kLineEnd, kError, "改行は CR LF でなければなりません", "lines must end with CR LF"},
    {kEndMark, kWarning, "ファイル終端の 1A がありません", "the end mark 1A is missing"},
    {kTooLarge, kError, "ファイルまたは行数が上限を超えています",
     "the file is too large or has too many lines"},
    {kRecordNumber, kError, "レコード番号が正しくありません", "no known record number"},
    {kFieldCount, kError, "項目が多すぎます(カンマは全角で記録します)",
     "too many fields; a comma inside a text must be full-width"},
    {kWrongFormat, kError, "この形式では使えないレコードです", "this format has no such record"},
    {kCutOff, kWarning, "最後の行に改行がありません。途中で切れたファイルのおそれがあります",
     "the last line has no line end: the file may have been cut off"},
    {kMissingRecord, kError, "必須のレコードがありません", "a required record is missing"},
    {kRepeatedRecord, kError, "レコードが重複しています", "the record may stand only once"},
    {kOrder, kError, "レコードの順序が正しくありません", "the record is out of order"},
    {kRpNumbers, kError, "RP番号が1からの連番ではありません",
     "RP numbers must count from 1 without gaps"},
    {kFormRecord, kError, "RPには剤形レコード(101)が1件必要です", "an RP needs exactly one 101"},
    {kUsageRecord, kError, "RPには用法レコード(111)が1件必要です", "an RP needs exactly one 111"},
    {kNoDrug, kError, "RPに薬品(201)がありません", "the RP has no drug"},
    {kDrugSeq, kError, "RP内の薬品連番が重複しています",
     "the drug's number is already taken in its RP"},
    {kOrphan, kError, "対応する薬品(201)がありません", "the record belongs to no drug"},
    {kSupplementSeq, kError, "連番が重複しています", "the sequence number is already taken"},
    {kRequired, kError, "必須項目が空です", "a required field is empty"},
    {kOneOf, kError, "いずれかの項目の記録が必要です", "one of the fields must be filled"},
    {kDigits, kError, "数字で記録してください", "only digits are allowed"},
    {kCode, kError, "英数字、「.」、「-」で記録してください",
     "only letters, digits, '.' and '-' are allowed"},
    {kHalfWidth, kError, "半角文字で記録してください", "only half-width characters are allowed"},
    {kTooLong, kError, "項目が長すぎます", "the field is too long"},
    {kForbidden, kError, "使用できない文字があります", "the field holds a forbidden character"},
    {kSpaces, kError, "項目の前後に空白があります", "the field begins or ends with a space"},
    {kValue, kError, "コード値が正しくありません", "the value is not in the code table"},
    {kDecimal, kError, "数量の書式が正しくありません(整数6桁、小数5桁まで、不要な0なし)",
     "not a quantity: at most 6 digits, a dot and 5 digits, no useless zeros"},
    {kDay, kError, "日付が正しくありません", "not a day"},
    {kBirthDay, kError, "生年月日が正しくありません", "not a date of birth"},
    {kFraction, kError, "1回服用量の書式が正しくありません", "neither a quantity nor a fraction"},
    {kZero, kError, "0 は記録できません", "zero is not allowed"},
    {kSplitAmountAlone, kError, "分割指示(63)なしに分割調剤量(102)があります",
     "a split amount (102) without a split (63)"},
    {kSplitTotal, kError, "102 の総量が 101 の調剤数量と一致しません",
     "the total of 102 differs from the amount of 101"},
    {kSplitAmountMissing, kError, "分割指示(63)があるのに分割調剤量(102)がありません",
     "a split (63) needs a split amount (102) in each RP"},
    {kSplitRange, kError, "分割は3回までで、何回目かは分割回数以下です",
     "a split has at most 3 parts, and the part is one of them"},
    {kRefillRange, kError, "リフィルの総使用回数は2または3です", "a refill has 2 or 3 uses"},
    {kRefillAndSplit, kError, "リフィルと分割は併用できません",
     "refill and split cannot be combined"},
    {kSplitPart, kError, "102 の今回量が1から総量までにありません",
     "the part of 102 must be between 1 and the total"},
    {kUnevenSum, kError, "不均等の合計が用量と一致しません",
     "the uneven doses do not sum up to the dose"},
    {kCostShareAll, kError, "負担区分(231)は全薬品に記録するか、全く記録しません",
     "231 stands for all drugs or for none"},
    {kCostSharePayer, kError, "記録のない公費に負担区分があります",
     "231 names a public payer that the file does not have"},
    {kUsageSupplementCode, kError, "用法補足コードまたは部位コードがありません",
     "the supplement or site code is missing"},
    {kDrugSupplementCode, kError, "薬品補足コードがありません", "the supplement code is missing"},
    {kFormName, kError, "剤形区分9には剤形名称が必要です", "form 9 needs a form name"},
    {kUsageCode, kError, "用法コードは16桁です", "a usage code has 16 characters"},
    {kDrugCode, kError, "薬品コードの桁数がコード種別と合いません",
     "the drug code does not fit its kind"},
    {kDrugName, kError, "薬品名が必要です", "the drug needs a name"},
    {kDummyCode, kError, "ダミーコードは電子処方箋に使えません",
     "a dummy code must not stand in an electronic prescription"},
    {kDrugCodeMissing, kWarning, "薬品コード種別に対するコードがありません",
     "the drug code of the given kind is missing"},
    {kUseBy, kError, "使用期限が交付年月日より前です", "the use-by day lies before the issue day"},
    {kCheckDigit, kWarning, "番号の検証番号が合いません", "the number fails its check digit"},
    {kPrefecture, kError, "都道府県番号は01から47です", "a prefecture is 01 to 47"},
    {kIdentity, kError, "保険者番号と番号、または第一公費が必要です",
     "an insurer and a number, or a first public payer with its number, is needed"},
    {kBornLater, kError, "生年月日が交付年月日より後です", "born after the day of the file"},
    {kIssuerCode, kError, "機関コードは7桁の数字です", "a facility code has 7 digits"},
    {kNarcotic, kError, "麻薬には麻薬施用レコード(60または61)が必要です",
     "a narcotic needs the narcotic record (60 or 61)"},
    {kUnknownDrug, kError, "薬品コードが当日のマスターにありません",
     "the drug code is not on the master of that day"},
    {kUnit, kError, "単位がマスターと異なり、単位変換(211)がありません",
     "the unit is not the master's and 211 is missing"},
    {kDrugNameDiffers, kError, "薬品名がコードの薬品と異なります",
     "the name is not that of the drug code"},
    {kRefillExcluded, kError, "リフィルにできない薬品です", "the drug is excluded from refills"},
    {kNextDay, kError, "継続の場合は次回調剤予定日が必要です",
     "a refill that goes on needs its next day"},
    {kNeedlessFactor, kError,
     "単位がマスターの単位と同じなのに、単位変換(211)の係数が1ではありません",
     "the unit is the official one already, and 211 converts it by another factor than 1"},
    {kMetricFactor, kError, "単位変換(211)の係数が、単位同士の比と異なります",
     "the factor of 211 is not the ratio of the two metric units"},
    {kNoSj1Code, kError,
     "電子処方箋に使えるコード(レセプト電算・YJ・一般名)が一つに決まりません。変換できません",
     "no single code of a kind that SJ1 has (receipt, YJ, generic) is certain for the drug: it is "
     "not converted"},
    {kFreeUsage, kWarning, "用法コードがないため、文字だけの用法として変換しました",
     "the usage has no code: it is converted as a usage in words only"},
    {kNotInsured, kError, "保険適用外(情報区分3)の薬品は電子処方箋に記録できません",
     "what is not insured (information kind 3) must not stand in SJ1"},
    {kRegisteredBefore, kWarning,
     "処方箋番号(82)があります。すでに登録された処方箋です。もう一度登録しないでください",
     "the number (82) says that this is registered already: do not register it again"},
    {kNotInQr, kWarning, "QRコードの形式にないレコードのため、省きました",
     "the QR text has no such record: it is left out"},
    {kNotInCp932, kWarning, "シフトJISにない文字のため、■になりました",
     "a character that Shift_JIS lacks became a black square"},
    {kBrandName, kWarning,
     "薬品名が、このコードと同じ成分・規格の薬品としてマスターにありません。確認してください",
     "the master has no drug of this name with the ingredient and strength of the code"},
};

}  // namespace

std::span<const RuleText> Rules() { return kRules; }

std::string RuleId(Rule rule) { return absl::StrCat("RX-", static_cast<int>(rule)); }

void Report::Add(Rule rule, int line, absl::string_view field) {
  if (findings_.size() >= kMaxFindings) return;
  const auto* text = std::find_if(std::begin(kRules), std::end(kRules),
                                  [rule](const RuleText& entry) { return entry.rule == rule; });
  findings_.push_back({RuleId(rule), text->severity, line, std::string(field),
                       std::string(text->ja), std::string(text->en)});
}

}  // namespace tsunagu::prescription::record
