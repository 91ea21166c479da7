#include "services/platform/drug_master/file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

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

}  // namespace
}  // namespace tsunagu::drug_master
