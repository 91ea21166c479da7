#include "services/eligibility/oqs/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/eligibility/oqs/samples.h"

namespace tsunagu::eligibility::oqs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(SummaryTest, TellsWhatARequestAsks) {
  const Request request = *ReadRequest(RequestSample()).request;
  const std::string text = Summarise(request);
  EXPECT_THAT(text, HasSubstr("1319999913"));
  EXPECT_THAT(text, HasSubstr("20260512"));
  EXPECT_THAT(text, HasSubstr("(given)"));
  EXPECT_THAT(text, Not(HasSubstr("12345678")));
}

TEST(SummaryTest, EveryValidityHasItsOwnWords) {
  std::set<std::string> texts;
  for (int validity = 0; validity <= 5; ++validity) {
    Answer answer = FullAnswer();
    answer.validity = static_cast<Validity>(validity);
    texts.insert(Summarise(answer));
  }
  EXPECT_EQ(texts.size(), 6u);
}

TEST(SummaryTest, HoldsNoPersonalData) {
  const std::string text = Summarise(FullAnswer());
  EXPECT_THAT(text, HasSubstr("(results): 2"));
  for (const char* secret : {"見本", "19700415", "02-02"})
    EXPECT_THAT(text, Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace tsunagu::eligibility::oqs
