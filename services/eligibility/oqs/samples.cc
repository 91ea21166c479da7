#include "services/eligibility/oqs/samples.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace tsunagu::eligibility::oqs {
namespace {

std::string Load(const std::string& name) {
  std::ifstream in(absl::StrCat("services/eligibility/oqs/testdata/", name), std::ios::binary);
  EXPECT_TRUE(in) << name;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

Qualification FullQualification() {
  Qualification q;
  q.card_classification = "01";
  q.identity = {"138057", "02-02", "22", "01"};
  q.personal_family = "2";
  q.insured_name = "見本　一郎";
  q.name = "見本　花子 <&>\"";
  q.name_kana = "ﾐﾎﾝ ﾊﾅｺ";
  q.sex = "2";
  q.birth_date = absl::CivilDay(1970, 4, 15);
  q.address = "東京都①髙橋";
  q.post_number = "100-0005";
  q.issued = absl::CivilDay(2024, 4, 1);
  q.valid_from = absl::CivilDay(2024, 4, 1);
  q.expires = absl::CivilDay(2026, 3, 31);
  q.contribution_ratio = "030";
  q.reason_of_loss = "03";
  q.insurer_name = "見本国保";
  q.limit_consent = "1";
  q.limit_consent_time = "20260512093010";
  q.limit = {"01", "A03", absl::CivilDay(2026, 4, 1), absl::CivilDay(2026, 4, 1),
             absl::CivilDay(2026, 7, 31)};
  q.reference_number = "K1";
  q.arbitrary_identifier = "K2";
  return q;
}

}  // namespace

std::string RequestSample() { return Load("OQSsiquc01req_20260512000001.xml"); }
std::string ValidAnswerSample() { return Load("OQSsiquc01res_20260512000001.xml"); }
std::string InvalidAnswerSample() {
  return Load("OQSsiquc01res_20260512000002_invalid_new_exists.xml");
}

std::string With(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::vector<std::string> Texts(const national::Findings& findings) {
  std::vector<std::string> texts;
  for (const national::Finding& finding : findings) {
    texts.push_back(absl::StrCat(finding.rule, ":", finding.record, ":", finding.field));
  }
  return texts;
}

Answer FullAnswer() {
  Answer answer;
  answer.process_execution_time = "20260512093015";
  answer.confirmation_date = absl::CivilDay(2026, 5, 12);
  answer.institution_code = "1319999913";
  answer.file_identifier = "20260512000001";
  answer.reference_classification = "2";
  answer.segment_of_result = "1";
  answer.error_code = "E1";
  answer.error_message = "誤り";
  answer.processing_status = "1";
  answer.processing_code = "N1";
  answer.processing_message = "まもなく期限です";
  answer.validity = Validity::kValid;
  answer.search = {
      {"  138057", "０２－０２", "２２", "1"}, absl::CivilDay(1970, 4, 15), "1", "K00001"};
  answer.results = {FullQualification(), FullQualification()};
  answer.results[1].identity.branch = "02";
  answer.results[1].limit = {};
  answer.results[1].expires.reset();
  return answer;
}

}  // namespace tsunagu::eligibility::oqs
