// Whose a receipt is, and what names it.
#include "absl/strings/str_cat.h"
#include "services/medication/uke/digits.h"
#include "services/medication/uke/dispensing.h"
#include "services/platform/national/jst.h"

namespace tsunagu::medication::uke {
namespace {

constexpr size_t kMinSevens = 7;  // "7" may be a real number of a small insurer, 7777777 not

std::string Decoded(const Receipt& receipt, absl::string_view field) {
  return DecodeField(receipt.header.encoding, field).value_or("");
}

std::string MonthOrNothing(absl::string_view text) {
  const auto month = national::ParseMonth(text);
  return month.has_value() ? national::FormatMonth(*month) : "";
}

bool IsSevens(absl::string_view digits) {
  return digits.size() >= kMinSevens && digits.find_first_not_of('7') == absl::string_view::npos;
}

// Reads branch and new insurer from the qualification checks of the insurer.
Certainty ReadChecks(const Receipt& receipt, national::InsuredIdentity* insured) {
  Certainty certainty = Certainty::kCertain;
  for (const Record& sn : receipt.sns) {
    if (sn.Get(pos::kSnPayerClass) != "1") continue;
    const std::string number = Decoded(receipt, sn.Get(pos::kSnNumber));
    if (!number.empty()) {
      insured->insurer = Decoded(receipt, sn.Get(pos::kSnInsurer));
      insured->symbol = Decoded(receipt, sn.Get(pos::kSnSymbol));
      insured->number = number;
      insured->branch = std::string(sn.Get(pos::kSnBranch));
      certainty = Certainty::kMoved;
      continue;
    }
    const std::string branch(sn.Get(pos::kSnBranch));
    if (branch.empty()) continue;
    if (!insured->branch.empty() && insured->branch != branch) return Certainty::kNoBranch;
    insured->branch = branch;
  }
  return certainty;
}

int SearchPosition(Kind kind) {
  switch (kind) {
    case Kind::kDpc:
      return pos::kReDpcSearch;
    case Kind::kDental:
      return pos::kReDentalSearch;
    case Kind::kPharmacy:
      return pos::kRePharmacySearch;
    case Kind::kMedical:
    case Kind::kUnknown:
      break;
  }
  return pos::kReMedicalSearch;
}

}  // namespace

std::string ReceiptKey::ToString() const {
  return absl::StrCat(KindName(kind), "/", facility, "/", claim_month, "/", treatment_month, "/",
                      number, "/", search_number);
}

ReceiptKey KeyOf(const Receipt& receipt) {
  ReceiptKey key;
  key.kind = receipt.header.kind;
  key.facility = DigitsOrNothing(receipt.header.FacilityCode());
  key.claim_month = MonthOrNothing(receipt.header.ClaimMonth());
  key.treatment_month = MonthOrNothing(receipt.re.Get(pos::kReMonth));
  key.number = DigitsOrNothing(receipt.re.Get(pos::kReNumber));
  key.search_number = DigitsOrNothing(receipt.re.Get(SearchPosition(key.kind)));
  return key;
}

Identity IdentityOf(const Receipt& receipt) {
  Identity identity;
  if (receipt.ho.empty()) return identity;
  national::InsuredIdentity insured = {Decoded(receipt, receipt.ho.Get(pos::kHoInsurer)),
                                       Decoded(receipt, receipt.ho.Get(pos::kHoSymbol)),
                                       Decoded(receipt, receipt.ho.Get(pos::kHoNumber)), ""};
  const bool symbol_lost = insured.symbol.empty() && !receipt.ho.Get(pos::kHoSymbol).empty();
  identity.certainty = ReadChecks(receipt, &insured);
  identity.insured = national::Normalise(insured);
  national::InsuredIdentity& normalised = identity.insured;
  // The late elderly have none; one written by mistake must not make another person of them.
  if (!national::NeedsBranch(normalised)) normalised.branch.clear();
  if (IsSevens(normalised.insurer) || IsSevens(normalised.number)) {
    identity.certainty = Certainty::kSevens;
  } else if (symbol_lost || normalised.number.empty() ||
             !national::IsInsurerNumber(normalised.insurer)) {
    identity.certainty = Certainty::kUnreadable;
  } else if (national::NeedsBranch(normalised) && normalised.branch.empty()) {
    identity.certainty = Certainty::kNoBranch;
  }
  return identity;
}

}  // namespace tsunagu::medication::uke
