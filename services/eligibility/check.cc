#include "services/eligibility/check.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/eligibility/errors.h"
#include "services/eligibility/load.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility {
namespace {

using tsunagu::eligibility::v1::CheckRequest;
using tsunagu::eligibility::v1::CheckResponse;
using tsunagu::eligibility::v1::Household;
using tsunagu::eligibility::v1::Person;
using tsunagu::eligibility::v1::Qualification;

bool Digits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

bool IsDay(absl::string_view text) { return text.size() == 8 && national::ParseDay(text); }

// Collects what is wrong with a request.
class Reader {
 public:
  explicit Reader(absl::string_view path) : path_(path) {}

  void Identity(const national::InsuredIdentity& identity) {
    Expect(national::IsInsurerNumber(identity.insurer), "identity.insurer",
           "must have 6 or 8 digits");
    Expect(!identity.number.empty(), "identity.number", "must be set");
    Expect(identity.branch.empty() || (identity.branch.size() == 2 && Digits(identity.branch)),
           "identity.branch", "must be unset or have 2 digits");
  }

  // Whether the text may be looked at.
  bool Short(const std::string& text, absl::string_view field) {
    return Expect(text.size() <= kMaxIdentityBytes, field, "is too long");
  }

  bool Expect(bool good, absl::string_view field, absl::string_view description) {
    if (!good) wrong_.push_back({absl::StrCat(path_, field), std::string(description)});
    return good;
  }

  const std::vector<WrongField>& wrong() const { return wrong_; }

 private:
  const absl::string_view path_;
  std::vector<WrongField> wrong_;
};

// The period that decides about a day: the latest that starts on or before it, for it tells how
// the earlier ones ended; before all of them the first (EL-018).
const Qualification& PeriodOf(const Person& person, absl::string_view day) {
  if (absl::string_view(person.qualification().valid_from()) <= day) return person.qualification();
  for (int i = person.earlier_size() - 1; i >= 0; --i) {
    if (absl::string_view(person.earlier(i).valid_from()) <= day) return person.earlier(i);
  }
  return person.earlier_size() > 0 ? person.earlier(0) : person.qualification();
}

bool Covers(const Qualification& period, absl::string_view day) {
  return absl::string_view(period.valid_from()) <= day &&
         (period.valid_to().empty() || day <= absl::string_view(period.valid_to()));
}

CheckResponse Describe(const Person& person, const Question& question) {
  CheckResponse response;
  const Qualification& period = PeriodOf(person, question.day);
  if (Covers(period, question.day)) {
    response.set_validity(v1::VALIDITY_VALID);
  } else if (person.superseded_by().empty()) {
    response.set_validity(v1::VALIDITY_INVALID);
  } else {
    response.set_validity(v1::VALIDITY_INVALID_NEWER_EXISTS);
  }
  *response.mutable_qualification() = period;
  return response;
}

}  // namespace

absl::StatusOr<Question> ReadQuestion(const CheckRequest& request, absl::Time now,
                                      absl::string_view path) {
  Reader reader(path);
  const auto& raw = request.identity();
  const bool short_enough[] = {reader.Short(raw.insurer(), "identity.insurer"),
                               reader.Short(raw.symbol(), "identity.symbol"),
                               reader.Short(raw.number(), "identity.number"),
                               reader.Short(raw.branch(), "identity.branch"),
                               reader.Short(request.birth_date(), "birth_date"),
                               reader.Short(request.date(), "date")};
  if (std::find(std::begin(short_enough), std::end(short_enough), false) !=
      std::end(short_enough)) {
    return CheckMalformed(reader.wrong());
  }
  Question question;
  question.identity = Canonical({raw.insurer(), raw.symbol(), raw.number(), raw.branch()});
  question.birth_date = national::ToHalfWidth(request.birth_date());
  question.today = national::FormatDay(national::JstDay(now));
  question.day = request.date().empty() ? question.today : national::ToHalfWidth(request.date());
  reader.Identity(question.identity);
  reader.Expect(IsDay(question.birth_date), "birth_date", "must be a day, YYYYMMDD");
  reader.Expect(IsDay(question.day), "date", "must be unset or a day, YYYYMMDD");
  if (!reader.wrong().empty()) return CheckMalformed(reader.wrong());
  return question;
}

absl::StatusOr<Question> ReadLongTermCareCard(const tsunagu::common::v1::InsuredIdentity& card,
                                              const Question& check) {
  for (const std::string* text :
       {&card.insurer(), &card.symbol(), &card.number(), &card.branch()}) {
    if (text->size() > kMaxIdentityBytes) return LongTermCareCardMalformed();
  }
  Question question = check;
  question.identity = Canonical({card.insurer(), card.symbol(), card.number(), card.branch()});
  if (!national::IsLongTermCare(question.identity)) return LongTermCareCardMalformed();
  return question;
}

national::Findings CheckLongTermCareCard(const CheckResponse& card) {
  if (card.validity() != v1::VALIDITY_NONE) return {};
  return {{"EL-027", national::Severity::kWarning, 0, "long_term_care.number",
           "介護保険被保険者証は、この番号と生年月日では見つかりません。介護保険の分は閲覧できませ"
           "ん。番号を確かめて、もう一度受付（check-in）してください。",
           "The long-term-care card was not found with this number and birth date; nothing of it "
           "was opened. Check the number and check in again."}};
}

bool NamesOnePerson(const Question& question) {
  return !question.identity.branch.empty() || !national::NeedsBranch(question.identity);
}

std::vector<national::Subject> Candidates(const Household& household, const Question& question) {
  std::vector<national::Subject> subjects;
  for (const Household::Member& member : household.members()) {
    if (member.birth_date() == question.birth_date) subjects.push_back(member.subject());
  }
  return subjects;
}

Verdict Decide(const Question& question, std::span<const Candidate> candidates) {
  Verdict verdict;
  for (const Candidate& candidate : candidates) {
    if (candidate.person.has_qualification() &&
        candidate.person.qualification().birth_date() == question.birth_date) {
      verdict.matching.push_back(&candidate);
    }
  }
  if (verdict.matching.empty()) {
    verdict.response.set_validity(v1::VALIDITY_NONE);
  } else if (verdict.matching.size() > 1) {
    verdict.response.set_validity(v1::VALIDITY_SEVERAL);
  } else {
    verdict.response = Describe(verdict.matching.front()->person, question);
  }
  verdict.response.set_date(question.day);
  if (question.day > question.today) verdict.response.set_as_known_on(question.today);
  return verdict;
}

}  // namespace tsunagu::eligibility
