#include "tests/fault/walk_scene.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::fault {

std::string Person::In(const std::string& text) const {
  std::string number;  // in full width
  for (const char digit : absl::StrCat(number_)) {
    absl::StrAppend(&number, "\xEF\xBC", std::string(1, static_cast<char>(digit + 0x60)));
  }
  return absl::StrReplaceAll(
      text, {{"２３４", number},
             {"612170709,ノルバスク錠２．５ｍｇ", "620007818,合成アムロジピンＯＤ錠５ｍｇ"},
             {"7,2171014M2ZZZ,【般】ニフェジピンカプセル１０ｍｇ,1,1,カプセル",
              "2,629990011,合成カンデサルタン錠８ｍｇ,1,1,錠"},
             {"610421321,アダラートＣＲ錠２０ｍｇ", "629990012,合成オルメサルタンＯＤ錠２０ｍｇ"}});
}

common::v1::InsuredIdentity Person::Identity() const {
  const auto insured = prescription::Insured();
  common::v1::InsuredIdentity identity;
  identity.set_insurer(insured.insurer);
  identity.set_symbol(insured.symbol);
  identity.set_number(absl::StrCat(number_));
  identity.set_branch(insured.branch);
  return identity;
}

std::string Person::BirthDate() const { return "19600606"; }

std::string Person::InsurerFile() const {
  const auto identity = Identity();
  return absl::StrCat(
      "InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,InsuredBranchNumber,Name,"
      "NameKana,Sex1,Birthdate,PersonalFamilyClassification,InsuredCardValidDate,InsurerName\n",
      identity.insurer(), ",1,", number_, ",", identity.branch(), ",試験　花子,ｼｹﾝ ﾊﾅｺ,2,",
      BirthDate(), ",1,20200401,合成健康保険協会\n");
}

void Story::Tell(const std::string& what) { absl::StrAppend(&text_, "  ", what, "\n"); }

bool Story::Agrees(const std::string& act, const std::string& by, const std::string& expected,
                   const std::string& answered) {
  Tell(absl::StrCat(act, " by ", by, ": ", answered));
  tally_.Answered(act, answered);
  return answered == expected || Holds(absl::StrCat("the model says ", expected));
}

bool Story::Holds(const std::string& failure) {
  if (!failure.empty()) Tell(failure);
  return failure.empty();
}

}  // namespace tsunagu::fault
