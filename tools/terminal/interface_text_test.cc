#include "tools/terminal/interface_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "services/platform/status/error.h"
#include "services/prescription/envelope/xmlmsg.h"

namespace tsunagu::terminal {
namespace {

using ::testing::HasSubstr;

// TM-031
TEST(InterfaceTextTest, AVendorReadsNamesFieldsAndCertainty) {
  const auto one = InterfacesOf(307);
  ASSERT_TRUE(one.ok());
  const std::string text = InterfacesText(*one, Names());
  for (const char* part : {"【307】調剤結果登録", "EPSif307req_<any>.xml", "EPSif307res_<any>.xml",
                           "薬局 pharmacy", "Prescriptions/Dispense", "IssuerCode",
                           "交付した医療機関（10桁）", "base64", "必須 required"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  const auto names = Names::Read("307 A B\n307 C D\n");
  EXPECT_THAT(InterfacesText(*one, *names), HasSubstr("A_<any>.xml, C_<any>.xml"));
  EXPECT_EQ(RuleOf(InterfacesOf(308).status()), "TM-031");
}

// TM-031
TEST(InterfaceTextTest, AProgramReadsThemAll) {
  const auto json = nlohmann::json::parse(InterfacesJson(*InterfacesOf(0), Names()));
  ASSERT_EQ(json["interfaces"].size(), prescription::envelope::Interfaces().size());
  for (const auto& one : json["interfaces"]) {
    EXPECT_NE(one["request_file"], "") << one["number"];
    if (one["number"] != 201) continue;
    EXPECT_EQ(one["answer"], 202);
    EXPECT_EQ(one["call"], "Prescriptions/Register");
    EXPECT_EQ(one["request"][0]["name"], "IssueType");
    EXPECT_EQ(one["request"][0]["required"], true);
    EXPECT_EQ(one["request"][0]["certainty"], "S");
  }
}

// TM-032
TEST(InterfaceTextTest, EachExampleIsARequestOfItsInterface) {
  for (const auto& interface : prescription::envelope::Interfaces()) {
    const auto example = ExampleOf(interface);
    ASSERT_TRUE(example.ok()) << interface.id << example.status();
    const auto read = prescription::envelope::ReadRequest(interface, *example);
    ASSERT_TRUE(read.request.has_value()) << interface.id;
    EXPECT_EQ(read.request->fields.size(), interface.request.size()) << interface.id;
  }
}

}  // namespace
}  // namespace tsunagu::terminal
