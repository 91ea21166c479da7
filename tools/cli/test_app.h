// For tests: the program against a gateway of its own, real gRPC over a socket and mutual TLS, with
// answers from a table.
#ifndef TOOLS_CLI_TEST_APP_H_
#define TOOLS_CLI_TEST_APP_H_

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/hpki/test_pki.h"
#include "tools/cli/app.h"
#include "tools/cli/files.h"
#include "tools/cli/test_gateway.h"

namespace tsunagu::cli {

// An insurer's file.
inline constexpr char kInsuredHeader[] =
    "InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,InsuredCardValidDate\r\n";
inline constexpr char kInsured[] = "39131016,01234567,見本　一郎,19400115,20200401\r\n";

// A prescription's record.
inline constexpr char kSj1[] =
    "SJ1\n1,1,1234567,13,つなぐ診療所\n4,1,,内科\n5,,ﾂﾅｸﾞ ｲﾁﾛｳ,繋　一郎\n"
    "11,,試験 花子,ｼｹﾝ ﾊﾅｺ\n12,2\n13,19600606\n21,1\n22,01130012\n23,１,２３４,1,00\n"
    "51,20260510\n101,1,1,,14\n111,1,3,1013044400000000,１日３回朝昼夕食後,3\n"
    "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ,3,1,錠\n";

struct Done {
  int status = 0;
  std::string out;
  std::string err;
};

class AppTest : public ::testing::Test {
 protected:
  static std::string Pki() { return hpki::TestPki::PathOf("."); }
  static std::string Temporary(const std::string& name) { return ::testing::TempDir() + name; }

  // Runs `tsunagu` as clinic-1-doctor at the gateway; the words are divided by spaces, and "$T/"
  // is the temporary folder, which has no "out" before.
  Done Run(const std::string& words, const std::string& as = "clinic-1-doctor") {
    std::vector<std::string> arguments = {"tsunagu",
                                          "--as",
                                          absl::StrCat(Pki(), "/identities/", as),
                                          "--dir",
                                          Temporary("dir"),
                                          "--gateway",
                                          gateway_.address(),
                                          "--user",
                                          "u"};
    for (std::string word : std::vector<std::string>(absl::StrSplit(words, ' '))) {
      if (word.starts_with("$T/")) word = Temporary(word.substr(3));
      arguments.push_back(word);
    }
    std::remove(Temporary("out").c_str());
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    Done done;
    done.status = Main(static_cast<int>(argv.size()), argv.data());
    done.out = ::testing::internal::GetCapturedStdout();
    done.err = ::testing::internal::GetCapturedStderr();
    return done;
  }

  void SetUp() override {
    // --dir is where tools/up would have put the certificates.
    const std::string folder = Temporary("dir/pki/internal");
    ASSERT_EQ(std::system(absl::StrCat("mkdir -p ", folder).c_str()), 0);
    ASSERT_TRUE(WriteFile(folder + "/ca.pem", ReadFile(Pki() + "/internal/ca.pem").value()).ok());
    ASSERT_TRUE(WriteFile(Temporary("context"), "the-context").ok());
    ASSERT_TRUE(WriteFile(Temporary("document"), "<Document/>").ok());
    ASSERT_TRUE(WriteFile(Temporary("record.sj1"), "SJ1\n").ok());
    ASSERT_TRUE(WriteFile(Temporary("insured"), absl::StrCat(kInsuredHeader, kInsured)).ok());
  }

  TestGateway gateway_{Pki()};
};

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_TEST_APP_H_
