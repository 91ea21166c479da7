#include "services/emergency/request.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "services/emergency/errors.h"
#include "services/platform/national/jst.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::access::v1::CareContext;
using tsunagu::emergency::v1::GetSummaryRequest;

constexpr size_t kDayDigits = 8;

// What is wrong, and the rule of the first.
struct Faults {
  std::string rule;
  std::vector<WrongField> fields;

  void Add(const char* broken, const char* path, const char* description) {
    if (rule.empty()) rule = broken;
    fields.push_back({path, description});
  }
};

void CheckIdentity(const national::InsuredIdentity& normalised, Faults& faults) {
  if (!national::IsInsurerNumber(normalised.insurer)) {
    faults.Add("EM-002", "identity.insurer", "6 or 8 digits");
  }
  if (normalised.number.empty()) faults.Add("EM-002", "identity.number", "needed");
  if (national::NeedsBranch(normalised) && normalised.branch.empty()) {
    faults.Add("EM-002", "identity.branch", "needed to tell members of a household apart");
  }
}

// The characters of UTF-8 text, as proto3 has it.
std::vector<absl::string_view> CharactersOf(absl::string_view text) {
  std::vector<absl::string_view> characters;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    characters.push_back(text.substr(i, end - i));
    i = end;
  }
  return characters;
}

// Kanji and kana count as letters. Three different ones: "........" and "aaaaaaaa" are no reason.
bool SaysSomething(const std::vector<absl::string_view>& characters) {
  constexpr size_t kLetters = 3;
  std::set<absl::string_view> letters;
  for (const absl::string_view one : characters) {
    if (one.size() > 1 || absl::ascii_isalpha(static_cast<unsigned char>(one[0]))) {
      letters.insert(one);
    }
  }
  return letters.size() >= kLetters;
}

void CheckReason(const std::string& reason, Faults& faults) {
  const auto characters = CharactersOf(absl::StripAsciiWhitespace(reason));
  const int count = static_cast<int>(characters.size());
  const bool plain = std::none_of(reason.begin(), reason.end(), absl::ascii_iscntrl);
  if (count < kMinReasonCharacters || count > kMaxReasonCharacters || !plain ||
      !SaysSomething(characters)) {
    faults.Add("EM-004", "break_glass.reason",
               "4 to 200 characters on one line, in words: why consent is not there");
  }
}

bool Names(const CareContext* context, const national::Subject& subject) {
  if (context == nullptr) return false;
  const auto& listed = context->subjects();
  return std::find(listed.begin(), listed.end(), subject) != listed.end();
}

Whom FromContext(const CareContext* context) {
  Whom whom;
  if (context == nullptr || context->subjects().empty()) {
    whom.status = WhomMissing();
    return whom;
  }
  whom.subjects.assign(context->subjects().begin(), context->subjects().end());
  return whom;
}

}  // namespace

Whom IdentifyPerson(const GetSummaryRequest& request, const CareContext* context,
                    const national::SubjectKey& subjects) {
  if (!request.has_identity()) return FromContext(context);
  Whom whom;
  whom.by_identity = true;
  whom.birth_date = request.birth_date();
  const auto& identity = request.identity();
  const national::InsuredIdentity normalised = national::Normalise(
      {identity.insurer(), identity.symbol(), identity.number(), identity.branch()});
  whom.asked_for.set_insurer(normalised.insurer);
  whom.asked_for.set_symbol(normalised.symbol);
  whom.asked_for.set_number(normalised.number);
  whom.asked_for.set_branch(normalised.branch);
  Faults faults;
  CheckIdentity(normalised, faults);
  if (faults.fields.empty()) whom.subjects.push_back(subjects.MakeSubject(normalised));
  if (request.birth_date().size() != kDayDigits || !national::ParseDay(request.birth_date())) {
    faults.Add("EM-003", "birth_date", "YYYYMMDD");
  }
  const bool consented = !whom.subjects.empty() && Names(context, whom.subjects[0]);
  if (!consented) {
    whom.reason = request.break_glass().reason();
    CheckReason(whom.reason, faults);
  }
  if (!faults.fields.empty()) whom.status = RequestIncomplete(faults.rule, faults.fields);
  return whom;
}

}  // namespace tsunagu::emergency
