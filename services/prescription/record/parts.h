// What a prescription and a dispensing result have in common: the patient and their insurance, and
// the RPs with their drugs.
//
// In all of these structs an empty string, 0 in a whole number and an unset optional mean "not
// recorded". Codes keep the national values; layout.cc lists those allowed.
#ifndef SERVICES_PRESCRIPTION_RECORD_PARTS_H_
#define SERVICES_PRESCRIPTION_RECORD_PARTS_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/platform/national/insured.h"
#include "services/prescription/record/decimal.h"

namespace tsunagu::prescription::record {

// Records 1, 2, 3: who issues a prescription, or the pharmacy that dispenses.
struct Facility {
  int fee_table = 0;  // 点数表: 1 medical, 3 dental, 4 pharmacy, 6 visiting nurse; 0 means 1
  std::string code;   // 7 digits
  std::string prefecture;  // 01 to 47
  std::string name;
  std::string postal_code;
  std::string address;
  std::string phone;
  std::string fax;
  std::string contact;

  // The 10 digits that are unique in the country: prefecture, fee table, code.
  std::string FullCode() const;
  bool operator==(const Facility&) const = default;
};

// Records 11 to 13.
struct Patient {
  std::string code;  // the facility's own
  std::string name;
  std::string kana;  // half-width
  int sex = 0;       // 1 male, 2 female
  // As written: YYYYMMDD or GYYMMDD; some patients have only a year or a year and month.
  std::string birth;

  // Nothing when only the year or month is known.
  std::optional<absl::CivilDay> BirthDay() const;
  bool operator==(const Patient&) const = default;
};

// Records 27 to 30.
struct PublicPayer {
  std::string payer;
  std::string beneficiary;
  bool operator==(const PublicPayer&) const = default;
};

// Records 14, 21 to 25, 27 to 31.
struct Insurance {
  int burden_class = 0;  // 患者一部負担区分
  int kind = 0;          // 保険種別: 1 employees, 2 national, 6 self-pay, 7 late elderly ...
  national::InsuredIdentity identity;  // as written; empty insurer when only public payers pay
  int relation = 0;                    // 1 insured, 2 dependant
  std::optional<int> patient_percent;
  std::optional<int> insurer_percent;
  int work_reason = 0;
  std::array<std::optional<PublicPayer>, 4> payers;  // first, second, third, special
  int receipt_kind = 0;

  // Whom the file is about: `identity`, or the first public payer and beneficiary number where no
  // insurer pays (生活保護).
  national::InsuredIdentity Subject() const;
  bool operator==(const Insurance&) const = default;
};

// Record 63.
struct Split {
  int total = 0;  // parts, at most 3
  int index = 0;  // this part, from 1
  bool operator==(const Split&) const = default;
};

// Record 102.
struct SplitAmount {
  int part = 0;
  int total = 0;
  bool operator==(const SplitAmount&) const = default;
};

// Record 111.
struct Usage {
  int code_kind = 0;  // 1 none, 2 JAMI, 3 the e-prescription usage master
  std::string code;   // 16 characters
  std::string text;
  int times = 0;  // a day
  bool operator==(const Usage&) const = default;
};

// Record 181.
struct UsageSupplement {
  int seq = 0;
  int kind = 0;  // 1 taper, 2 one-dose pack, 3 alternate day, 4 crush, 5 continued, 6 site ...
  std::string text;
  std::string supplement_code;  // JAMI, for kind 8
  std::string site_code;        // JAMI, for kind 9
  bool operator==(const UsageSupplement&) const = default;
};

// Record 221: doses of one day that differ; they sum up to the drug's dose.
struct UnevenDoses {
  std::array<std::optional<Decimal>, 5> doses;
  std::array<std::string, 5> codes;
  bool operator==(const UnevenDoses&) const = default;
};

// Record 231.
struct CostShares {
  std::array<int, 4> shares = {};  // first, second, third, special payer: 1 pays for this drug
  bool operator==(const CostShares&) const = default;
};

// Record 241.
struct SingleDose {
  std::string dose;  // a decimal, or a fraction such as "2/3"
  int times = 0;
  bool operator==(const SingleDose&) const = default;
};

// Record 281.
struct DrugSupplement {
  int seq = 0;
  int kind =
      0;  // 3 no generic, 4 no form change, 5 no strength change, 6 both, 8 patient's wish ...
  std::string text;
  std::string supplement_code;  // JAMI, for kind 7
  bool operator==(const DrugSupplement&) const = default;
};

// 薬品コード種別.
enum class DrugCodeKind {
  kNone = 1,
  kReceipt = 2,    // 9 digits
  kPriceList = 3,  // 厚生省コード, 12
  kYj = 4,         // 12
  kHot = 6,        // 9 or 13
  kGeneric = 7,    // 12, ends ZZZ
};

// Records 201 to 291.
struct Drug {
  int seq = 0;
  int info_kind = 0;  // 1 drug, 2 material, 3 not insured
  DrugCodeKind code_kind = DrugCodeKind::kNone;
  std::string code;
  std::string name;
  Decimal dose;      // oral: a day
  int strength = 1;  // 力価フラグ: 1 amount of the product, 2 potency
  std::string unit;
  std::optional<Decimal> factor;  // dose x factor is the dose in the official unit
  std::optional<UnevenDoses> uneven;
  std::optional<CostShares> shares;
  std::optional<SingleDose> single_dose;
  std::vector<DrugSupplement> supplements;
  std::vector<std::string> cautions;  // CJ1 only
  bool operator==(const Drug&) const = default;
};

// Records 101 to 391 of one RP number.
struct Rp {
  int number = 0;
  int form =
      0;  // 1 oral, 2 as needed, 3 external, 4 oral drops, 5 injection, 6 material, 9 unknown
  std::string form_name;  // for form 9
  int amount = 0;         // days, or times; the grand total when split
  std::optional<SplitAmount> split_amount;
  Usage usage;
  std::vector<UsageSupplement> supplements;
  std::vector<Drug> drugs;
  std::vector<std::string> cautions;  // CJ1 only
  bool operator==(const Rp&) const = default;
};

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_PARTS_H_
