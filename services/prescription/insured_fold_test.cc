#include "services/prescription/insured_fold.h"

#include <gtest/gtest.h>

#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

using journal::Verdict;

constexpr char kSubject[] = "12ab00000000000000000000000000aa";

journal::Record Changed(uint64_t version, const std::string& birth_date,
                        const std::string& aggregate = InsuredName(kSubject),
                        bool long_term_care = false) {
  tsunagu::eligibility::v1::PersonChanged event;
  auto& qualification = *event.mutable_person()->mutable_qualification();
  qualification.set_birth_date(birth_date);
  qualification.set_sex("2");
  qualification.set_name("試験　花子");
  qualification.set_name_kana("ｼｹﾝ ﾊﾅｺ");
  qualification.set_address("東京都");
  qualification.mutable_identity()->set_insurer("01130012");
  qualification.set_valid_from("20240401");
  auto& earlier = *event.mutable_person()->add_earlier();
  earlier.set_valid_from("20200401");
  earlier.set_valid_to("20230331");
  if (long_term_care) qualification.set_long_term_care(true);
  tsunagu::journal::v1::Published published;
  published.set_subject(kSubject);
  published.set_aggregate(aggregate);
  published.set_version(version);
  published.set_event(event.SerializeAsString());
  return {static_cast<int64_t>(version), kSubject, published.SerializeAsString()};
}

class InsuredFoldTest : public ::testing::Test {
 protected:
  Verdict Fold(const journal::Record& record) {
    journal::Publications publications;
    return folder_.Apply(record, states_, publications);
  }
  v1::KnownInsured Known() { return states_.GetAs<v1::KnownInsured>(InsuredName(kSubject)); }

  InsuredFolder folder_;
  journal::States states_;
};

TEST_F(InsuredFoldTest, KeepsWhatIsCompared) {
  EXPECT_EQ(folder_.Touches(Changed(1, "19600606")),
            (std::vector{InsuredName(kSubject), InsurerName("01130012")}));
  EXPECT_EQ(Fold(Changed(1, "19600606")), Verdict::kAccepted);
  EXPECT_EQ(Known().birth_date(), "19600606");
  EXPECT_EQ(Known().sex(), "2");
  EXPECT_EQ(Known().name(), "試験　花子");
  EXPECT_EQ(Known().name_kana(), "ｼｹﾝ ﾊﾅｺ");
  ASSERT_EQ(Known().periods_size(), 2);  // RX-052
  EXPECT_EQ(Known().periods(0).to(), "20230331");
  EXPECT_EQ(Known().periods(1).from(), "20240401");
  EXPECT_TRUE(states_.GetAs<v1::KnownInsurer>(InsurerName("01130012")).has_insured());  // RX-053
}

// RX-048, RX-053
TEST_F(InsuredFoldTest, ALongTermCareCardMakesNobodyKnown) {
  const auto record = Changed(1, "19600606", InsuredName(kSubject), true);
  EXPECT_EQ(folder_.Touches(record), std::vector{InsuredName(kSubject)});
  EXPECT_EQ(Fold(record), Verdict::kAccepted);
  EXPECT_EQ(Known().version(), 1u);
  EXPECT_EQ(Known().birth_date(), "");
}

TEST_F(InsuredFoldTest, DropsWhatItHasSeen) {
  Fold(Changed(2, "19600606"));
  const std::string before = states_.Get(InsuredName(kSubject));
  EXPECT_EQ(Fold(Changed(1, "19500505")), Verdict::kAccepted);
  EXPECT_EQ(Fold(Changed(2, "19500505")), Verdict::kAccepted);
  EXPECT_EQ(states_.Get(InsuredName(kSubject)), before);
  Fold(Changed(3, "19600607"));
  EXPECT_EQ(Known().birth_date(), "19600607");
}

TEST_F(InsuredFoldTest, PutsAsideWhatItCannotRead) {
  for (const journal::Record& record :
       {journal::Record{1, kSubject, "\xFF rubbish"}, journal::Record{1, kSubject, ""},
        Changed(1, "19600606", "person/another")}) {
    EXPECT_TRUE(folder_.Touches(record).empty());
    EXPECT_EQ(Fold(record), Verdict::kUndecodable);
  }
}

}  // namespace
}  // namespace tsunagu::prescription
