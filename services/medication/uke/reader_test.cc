#include "services/medication/uke/reader.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/medication/uke/test_files.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::medication::uke {
namespace {

struct Outcome {
  int receipts = 0;
  size_t details = 0;
  size_t lines = 0;
  std::vector<std::string> rules;  // of the findings, with their line
};

Outcome ReadAll(absl::string_view bytes) {
  Outcome outcome;
  Reader reader(bytes);
  Receipt receipt;
  while (reader.Next(&receipt)) {
    ++outcome.receipts;
    outcome.details += receipt.details.size();
    outcome.lines += receipt.lines.size();
  }
  for (const national::Finding& finding : reader.findings()) {
    outcome.rules.push_back(absl::StrCat(finding.rule, "@", finding.record));
  }
  return outcome;
}

using Rules = std::vector<std::string>;

TEST(RecordTest, FieldsAreFoundByPosition) {
  const Record record = {"IY,21,,620007818", 1, RecordType::kIY};
  EXPECT_EQ(record.Get(1), "IY");
  EXPECT_EQ(record.Get(3), "");
  EXPECT_EQ(record.Get(4), "620007818");
  EXPECT_EQ(record.Get(5), "");
  EXPECT_EQ(record.Get(44), "");
  EXPECT_EQ(Record{}.Get(3), "");
}

TEST(RecordTest, MH009FieldsLeftOutAtTheEndReadAsEmpty) {
  const Record record = {"RE,1,", 1, RecordType::kRE};
  EXPECT_EQ(record.Get(3), "");
  EXPECT_EQ(record.Get(38), "");
}

TEST(SplitTest, CountsMoreFieldsThanThereIsRoomFor) {
  std::array<absl::string_view, 2> fields;
  EXPECT_EQ(Split("a,b,c,", fields), 4u);
  EXPECT_EQ(fields[1], "b");
  EXPECT_EQ(Split("", fields), 1u);
  EXPECT_EQ(fields[0], "");
}

TEST(SplitTest, AgreesWithGetAndWithJoiningForAnyFields) {
  EXPECT_TRUE(rc::check([](const std::vector<uint16_t>& numbers) {
    RC_PRE(!numbers.empty());
    const std::string line = absl::StrJoin(numbers, ",");
    std::vector<absl::string_view> fields(numbers.size());
    RC_ASSERT(Split(line, fields) == numbers.size());
    RC_ASSERT(absl::StrJoin(fields, ",") == line);
    const Record record = {line, 1, RecordType::kUnknown};
    for (size_t i = 0; i < fields.size(); ++i) {
      RC_ASSERT(record.Get(static_cast<int>(i) + 1) == fields[i]);
    }
  }));
}

TEST(ReaderTest, ReadsTheSamples) {
  const std::string medical = MedicalSample();
  const Outcome one = ReadAll(medical);
  EXPECT_EQ(one.receipts, 1);
  EXPECT_EQ(one.lines, 16u);
  EXPECT_EQ(one.rules, Rules{});
  const Outcome two = ReadAll(PharmacySample());
  EXPECT_EQ(two.receipts, 2);
  EXPECT_EQ(two.lines, 30u);
  EXPECT_EQ(two.rules, Rules{});
  const Outcome three = ReadAll(DpcSample());
  EXPECT_EQ(three.receipts, 2);
  EXPECT_EQ(three.lines, 58u);
  EXPECT_EQ(three.rules, Rules{});
  const Outcome four = ReadAll(DentalSample());
  EXPECT_EQ(four.receipts, 2);
  EXPECT_EQ(four.lines, 27u);
  EXPECT_EQ(four.rules, Rules{});
}

TEST(ReaderTest, GivesTheRecordsOfAReceiptByKind) {
  const std::string file = MedicalFile({"KO,54136015,1234567,,1,20", "KO,80136014,,,1,0",
                                        "SN,1,01,,,,00", "IY,21,1,620007818,1,1,0"});
  Reader reader(file);
  Receipt receipt;
  ASSERT_TRUE(reader.Next(&receipt));
  EXPECT_EQ(receipt.header.kind, Kind::kMedical);
  EXPECT_EQ(receipt.header.FacilityCode(), "1319999913");
  EXPECT_EQ(receipt.header.ClaimMonth(), "202606");
  EXPECT_EQ(receipt.re.Get(pos::kReNumber), "1");
  EXPECT_EQ(receipt.ho.line, 3);
  EXPECT_EQ(receipt.kos.size(), 2u);
  EXPECT_EQ(receipt.sns.size(), 1u);
  EXPECT_EQ(receipt.lines.size(), 6u);
  EXPECT_FALSE(reader.Next(&receipt));
  EXPECT_FALSE(reader.Next(&receipt));
  EXPECT_EQ(reader.trailer().Get(pos::kGoPoints), "100");
  EXPECT_EQ(reader.findings().size(), 0u);
}

TEST(ReaderTest, MH001EncodingAndLineEndsDoNotMatter) {
  const std::string cp932 = PharmacySample();
  const std::string utf8 = *national::Cp932ToUtf8(cp932);
  const std::string unix_ends = absl::StrReplaceAll(utf8, {{"\r\n", "\n"}, {"\x1A", ""}});
  EXPECT_EQ(Reader(cp932).encoding(), Encoding::kCp932);
  EXPECT_EQ(Reader(utf8).encoding(), Encoding::kUtf8);
  for (const std::string& file : {utf8, unix_ends, absl::StrCat("\xEF\xBB\xBF", utf8)}) {
    const Outcome outcome = ReadAll(file);
    EXPECT_EQ(outcome.receipts, 2);
    EXPECT_EQ(outcome.lines, 30u);
    EXPECT_EQ(outcome.rules, Rules{});
  }
}

TEST(ReaderTest, MH001FieldsAreDecodedByTheEncodingOfTheFile) {
  EXPECT_EQ(DecodeField(Encoding::kCp932, "\xFB\xFC\x87\x40"), "髙①");
  EXPECT_EQ(DecodeField(Encoding::kUtf8, "髙①"), "髙①");
  EXPECT_EQ(DecodeField(Encoding::kUtf8, "\xFB\xFC"), std::nullopt);
  EXPECT_EQ(DecodeField(Encoding::kCp932, "\x81"), std::nullopt);
}

TEST(ReaderTest, MH002LinesBeyondTheLimitAreDropped) {
  const std::string file = MedicalFile({absl::StrCat("SJ,01,", std::string(kMaxLineBytes, 'x'))});
  const Outcome outcome = ReadAll(file);
  EXPECT_EQ(outcome.rules, Rules{"MH-002@4"});
  EXPECT_EQ(outcome.lines, 2u);
}

TEST(ReaderTest, MH003ReceiptsBeyondTheLimitAreCutAndReportedOnce) {
  const std::vector<std::string> records(kMaxLinesPerReceipt + 5, "CO,99,1,810000001,x");
  const Outcome outcome = ReadAll(MedicalFile(records));
  EXPECT_EQ(outcome.lines, kMaxLinesPerReceipt);
  EXPECT_EQ(outcome.rules, Rules{absl::StrCat("MH-003@", kMaxLinesPerReceipt + 2)});
}

TEST(ReaderTest, MH004RecordsOfAgenciesAreSkippedWithOneWarningEach) {
  const std::string file =
      MedicalFile({"RC,1,abc", "EX,eJw=", "EX,eJw=", "IY,21,1,620007818,1,1,0", "MN,12345"});
  const Outcome outcome = ReadAll(file);
  EXPECT_EQ(outcome.rules, (Rules{"MH-004@4", "MH-004@5", "MH-004@8"}));
  EXPECT_EQ(outcome.lines, 3u);
}

TEST(ReaderTest, MH005UnknownRecordsAreErrors) {
  const Outcome outcome = ReadAll(MedicalFile({"ZZ,1", "garbage"}));
  EXPECT_EQ(outcome.rules, (Rules{"MH-005@4", "MH-005@5"}));
}

TEST(ReaderTest, MH006HeadersAndEndRecordsHaveTheirPlace) {
  const std::string sample = MedicalSample();
  EXPECT_EQ(ReadAll("").rules, (Rules{"MH-006@0", "MH-006@0"}));
  EXPECT_EQ(ReadAll(WithoutLine(sample, 18)).rules, Rules{"MH-006@0"});
  EXPECT_EQ(ReadAll(WithoutLine(sample, 1)).rules, (Rules{"MH-006@1", "MH-006@0"}));
  EXPECT_EQ(ReadAll(WithoutLine(sample, 2)).rules.front(), "MH-006@2");
  EXPECT_EQ(ReadAll(WithLine(sample, 19, "GO,1,630,99")).rules, Rules{"MH-006@19"});
  EXPECT_EQ(ReadAll(WithLine(sample, 19, "RE,2,1112,202605")).rules, Rules{"MH-006@19"});
}

TEST(ReaderTest, MH007SeveralHeadersAreReadAndReportedOnce) {
  const std::string header = "IR,1,27,1,1234567,,x,202607,00";
  const std::string file = MedicalFile({header, "RE,1,1112,202606", header, "RE,1,1112,202606"});
  Reader reader(file);
  Receipt receipt;
  std::vector<std::string> facilities;
  while (reader.Next(&receipt)) facilities.push_back(receipt.header.FacilityCode());
  EXPECT_EQ(facilities, (Rules{"1319999913", "2711234567", "2711234567"}));
  ASSERT_EQ(reader.findings().size(), 1u);
  EXPECT_EQ(reader.findings()[0].rule, "MH-007");
  EXPECT_EQ(reader.findings()[0].severity, national::Severity::kWarning);
}

TEST(ReaderTest, MH008OtherFeeTablesAreNotSupported) {
  EXPECT_EQ(ReadAll(WithField(MedicalSample(), 1, 4, "4")).rules, Rules{"MH-008@1"});
  EXPECT_EQ(ReadAll(WithField(DentalSample(), 1, 4, "1")).rules.front(), "MH-008@1");
  EXPECT_EQ(ReadAll(WithField(PharmacySample(), 1, 4, "1")).rules, Rules{"MH-008@1"});
}

TEST(ReaderTest, FindingsAreLimited) {
  const std::vector<std::string> records(kMaxFindings + 100, "ZZ");
  EXPECT_EQ(ReadAll(MedicalFile(records)).rules.size(), kMaxFindings);
}

TEST(ReaderTest, VolumesPutOneBehindAnotherAreReadThroughTheEndMark) {
  const std::string twice = absl::StrCat(MedicalSample(), MedicalSample());
  const Outcome outcome = ReadAll(twice);
  EXPECT_EQ(outcome.receipts, 2);
  EXPECT_EQ(outcome.lines, 32u);
}

TEST(ReaderTest, TruncatedSamplesNeverGiveMoreThanTheWholeOne) {
  for (const std::string& sample : Samples()) {
    const Outcome whole = ReadAll(sample);
    for (size_t length = 0; length < sample.size(); ++length) {
      const Outcome cut = ReadAll(absl::string_view(sample).substr(0, length));
      // Half the RE of a detail is a receipt of its own.
      EXPECT_LE(cut.receipts + cut.details, whole.receipts + whole.details);
      EXPECT_LE(cut.lines, whole.lines);
    }
  }
}

TEST(ReaderTest, EveryLineOfAnyFileIsCounted) {
  EXPECT_TRUE(rc::check([](std::vector<std::string> lines) {
    for (std::string& line : lines) std::erase(line, '\n');
    const std::string file = absl::StrCat(absl::StrJoin(lines, "\n"), "\nIR");
    Reader reader(file);
    Receipt receipt;
    while (reader.Next(&receipt)) {
    }
    RC_ASSERT(reader.lines() == static_cast<int>(std::max<size_t>(lines.size(), 1)) + 1);
  }));
}

}  // namespace
}  // namespace tsunagu::medication::uke
