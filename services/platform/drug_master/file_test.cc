#include "services/platform/drug_master/file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace tsunagu::drug_master {
namespace {

TEST(OpenMasterTest, TheFileIsRead) {
  const auto master = OpenMaster("services/platform/drug_master/testdata/y_small.csv");
  ASSERT_TRUE(master.ok()) << master.status();
  EXPECT_TRUE((*master)->Find("620007818", absl::CivilDay(2026, 11, 22)).has_value());
}

TEST(OpenMasterTest, WithoutAPathThereIsNone) {
  const auto master = OpenMaster("");
  ASSERT_TRUE(master.ok());
  EXPECT_EQ(*master, nullptr);
}

TEST(OpenMasterTest, AFileWithoutDrugsIsAnErrorAtStart) {
  EXPECT_FALSE(OpenMaster("/nowhere").ok());
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/rubbish.csv";
  std::ofstream(path) << "rubbish\n";
  EXPECT_FALSE(OpenMaster(path).ok());
}

// MH-089
TEST(OpenMasterTest, ADifferenceFileIsNoMasterAlsoWhenItNamesDrugs) {
  std::ifstream small("services/platform/drug_master/testdata/y_small.csv", std::ios::binary);
  std::string row;
  ASSERT_TRUE(std::getline(small, row));
  row.replace(0, 3, "\"3\"");
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/difference.csv";
  std::ofstream(path, std::ios::binary) << row << "\n";
  const auto master = OpenMaster(path);
  ASSERT_FALSE(master.ok());
  EXPECT_NE(master.status().message().find("difference file"), std::string::npos);
}

}  // namespace
}  // namespace tsunagu::drug_master
