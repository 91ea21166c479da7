#include "tools/cli/decoded_record.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;

// CL-043
TEST(DecodedRecordTest, EveryRecordWithItsFieldsByName) {
  const Json records = DecodeRecords(
      "SJ1\r\n1,1,1234567,13,つなぐ診療所\r\n51,20260510\r\n"
      "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ,3,1,錠\r\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0]["fields"]["name"], "つなぐ診療所");
  EXPECT_EQ(records[1], Json({{"line", 3},
                              {"record", 51},
                              {"name_ja", records[1]["name_ja"]},
                              {"fields", {{"day", "20260510"}}}}));
  EXPECT_FALSE(records[1]["name_ja"].get<std::string>().empty());
  EXPECT_EQ(records[2]["fields"]["dose"], "3");
  EXPECT_EQ(DecodeRecords("SJ1\n101,1,1,,14\n")[0]["fields"],
            Json({{"rp", "1"}, {"form", "1"}, {"amount", "14"}}));  // form_name is empty
  EXPECT_EQ(records[2]["fields"]["unit"], "錠");
}

// CL-043
TEST(DecodedRecordTest, WhatCannotBeReadIsLeftOut) {
  EXPECT_EQ(DecodeRecords("SJ1\n\xff\xff\n999,1\n51,20260510\n").size(), 1u);
  EXPECT_EQ(DecodeRecords("hello"), Json::array());
  EXPECT_EQ(DecodeRecords(""), Json::array());
}

RC_GTEST_PROP(DecodedRecordTest, AnyBytesGiveAList, ()) {
  RC_ASSERT(DecodeRecords("SJ1\n" + *rc::gen::arbitrary<std::string>()).is_array());
}

}  // namespace
}  // namespace tsunagu::cli
