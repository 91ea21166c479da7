#include "services/platform/hpki/hcrole.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "services/platform/hpki/role.h"

namespace tsunagu::hpki {
namespace {

// The extension of genuine certificates.
constexpr char kDoctor[] =
    "303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101A2100C0E4D6564696361"
    "6C20446F63746F72";
constexpr char kPharmacist[] =
    "3030302E0606288185420001312431223020A01E311CA00C060A2A830886910F01060101A20C0C0A506861726D61"
    "63697374";
const char kType[] = "0606288185420001";
const char kScheme[] = "A00C060A2A830886910F01060101";

std::string Hex(absl::string_view hex) { return absl::HexStringToBytes(hex); }

// One DER element.
std::string Der(uint8_t identifier, const std::string& content) {
  std::string der(1, static_cast<char>(identifier));
  if (content.size() > 255) {
    der += {'\x82', static_cast<char>(content.size() >> 8)};
  } else if (content.size() > 127) {
    der += '\x81';
  }
  return der + static_cast<char>(content.size()) + content;
}

std::string Text(const std::string& name) { return Der(0xA2, Der(0x0C, name)); }

std::string Actor(const std::string& coded, const std::string& behind = "") {
  return Der(0x30, Der(0xA0, Der(0x31, coded)) + behind);
}

std::string Extension(const std::string& actors) {
  return Der(0x30, Der(0x30, Hex(kType) + Der(0x31, Der(0x31, actors))));
}

using Names = std::vector<std::string>;

// The names, or {"malformed"}.
Names Read(const std::string& bytes) {
  const auto names = ReadHcRole(bytes);
  return names.ok() ? *names : Names{"malformed"};
}

const Names kMalformed = {"malformed"};

// PKI-020
TEST(HcRoleTest, GenuineExtensionsAreRead) {
  EXPECT_EQ(Read(Hex(kDoctor)), Names{"Medical Doctor"});
  EXPECT_EQ(Read(Hex(kPharmacist)), Names{"Pharmacist"});
  EXPECT_EQ(Extension(Actor(Hex(kScheme) + Text("Medical Doctor"))), Hex(kDoctor));
}

// PKI-025
TEST(HcRoleTest, SeveralActorsAreAllRead) {
  EXPECT_EQ(Read(Extension(Actor(Hex(kScheme) + Text("Pharmacist")) +
                           Actor(Hex(kScheme) + Text("Medical Doctor")))),
            (Names{"Pharmacist", "Medical Doctor"}));
}

// PKI-023
TEST(HcRoleTest, NoCorruptedByteReadsAsAnotherRole) {
  for (const char* genuine : {kDoctor, kPharmacist}) {
    const std::string bytes = Hex(genuine);
    const Names want = Read(bytes);
    for (size_t at = 0; at < bytes.size(); ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string corrupted = bytes;
        corrupted[at] = static_cast<char>(value);
        if (corrupted == bytes) continue;
        const auto names = ReadHcRole(corrupted);
        if (!names.ok()) continue;
        for (const std::string& name : *names) {
          // A changed letter is another text, which is in no table. A text that is still the same
          // can only be one whose string type became PrintableString.
          if (FindRole(name)) {
            EXPECT_EQ(name, want[0]) << at << " " << value;
            EXPECT_EQ(value, 0x13) << at;
          }
        }
      }
    }
  }
}

// PKI-023
TEST(HcRoleTest, CutAndLengthenedExtensionsAreMalformed) {
  const std::string bytes = Hex(kDoctor);
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(Read(bytes.substr(0, size)), kMalformed) << size;
  }
  EXPECT_EQ(Read(bytes + '\0'), kMalformed);
}

// PKI-023
TEST(HcRoleTest, WrongFormsAreMalformed) {
  const std::string scheme = Hex(kScheme), text = Text("Dentist");
  const std::string actor = Actor(scheme + text);
  const std::string attribute = Der(0x30, Hex(kType) + Der(0x31, Der(0x31, actor)));
  const struct {
    const char* what;
    std::string bytes;
  } kCases[] = {
      {"no attribute", Der(0x30, "")},
      {"the attribute twice", Der(0x30, attribute + attribute)},
      {"values are no set", Der(0x30, Der(0x30, Hex(kType) + Der(0x30, Der(0x31, actor))))},
      {"something behind the values", Der(0x30, Der(0x30, Hex(kType) + Der(0x31, "") + text))},
      {"actors without their set", Der(0x30, Der(0x30, Hex(kType) + Der(0x31, actor)))},
      {"text before scheme", Extension(Actor(text + scheme))},
      {"text twice", Extension(Actor(scheme + text + text))},
      {"unknown member", Extension(Actor(scheme + Der(0xA3, Der(0x0C, "Dentist"))))},
      {"text in Latin-1", Extension(Actor(scheme + Der(0xA2, Der(0x16, "Dentist"))))},
      {"text without its explicit tag", Extension(Actor(scheme + Der(0x82, "Dentist")))},
      {"two texts in one tag",
       Extension(Actor(scheme + Der(0xA2, Der(0x0C, "Dentist") + Der(0x0C, "Midwife"))))},
      {"scheme is no OID", Extension(Actor(Der(0xA0, Der(0x0C, "x")) + text))},
      {"coded data absent", Extension(Der(0x30, ""))},
      {"something behind the regional data",
       Extension(Actor(scheme + text, Der(0xA1, "") + Der(0xA1, "")))},
      {"empty text", Extension(Actor(scheme + Text("")))},
      {"control character", Extension(Actor(scheme + Text("Den\ntist")))},
      {"zero byte", Extension(Actor(scheme + Text(std::string("Dentist\0", 8))))},
      {"look-alike letters", Extension(Actor(scheme + Text("Ｄentist")))},
      {"long text", Extension(Actor(scheme + Text(std::string(kMaxRoleNameBytes + 1, 'a'))))},
  };
  for (const auto& [what, bytes] : kCases) EXPECT_EQ(Read(bytes), kMalformed) << what;
}

TEST(HcRoleTest, TooManyItemsAreMalformed) {
  std::string actors;
  for (size_t i = 0; i < kMaxHcRoleItems; ++i) actors += Actor("");
  EXPECT_EQ(Read(Extension(actors)), kMalformed);
}

// PKI-024
TEST(HcRoleTest, OtherCodingSchemesGiveNoRole) {
  const std::string other = Hex("A00C060A2A830886910F01060201");
  EXPECT_EQ(Read(Extension(Actor(other + Text("Medical Doctor")))), Names{});
  EXPECT_EQ(Read(Extension(Actor(Text("Medical Doctor")))), Names{});
  EXPECT_EQ(Read(Extension(Actor(Hex(kScheme)))), Names{});
}

TEST(HcRoleTest, OtherDirectoryAttributesAreSkipped) {
  const std::string birthplace = Der(0x30, Hex("06082B06010505070902") + Der(0x31, Text("x")));
  EXPECT_EQ(Read(Der(0x30, birthplace)), Names{});
  const std::string role =
      Der(0x30, Hex(kType) + Der(0x31, Der(0x31, Actor(Hex(kScheme) + Text("Dentist")))));
  EXPECT_EQ(Read(Der(0x30, birthplace + role)), Names{"Dentist"});
}

TEST(HcRoleTest, CodeValuesAndRegionalDataAreSkippedWhateverTheirType) {
  const std::string scheme = Hex(kScheme), text = Text("Dentist");
  for (uint8_t type : {0x12, 0x0C}) {
    EXPECT_EQ(Read(Extension(Actor(scheme + Der(0xA1, Der(type, "1")) + text))), Names{"Dentist"});
  }
  EXPECT_EQ(Read(Extension(Actor(scheme + text, Der(0xA1, Der(0x30, ""))))), Names{"Dentist"});
}

RC_GTEST_PROP(HcRoleProperty, AnyBytesAreReadWithoutHarm, (const std::string& bytes)) {
  const auto names = ReadHcRole(bytes);
  if (names.ok()) {
    for (const auto& name : *names) RC_ASSERT(name.size() <= kMaxRoleNameBytes);
  }
}

RC_GTEST_PROP(HcRoleProperty, EveryNameOfTheTableComesBack, ()) {
  const auto roles = AllRoles();
  const auto indexes =
      *rc::gen::container<std::vector<size_t>>(5, rc::gen::inRange<size_t>(0, roles.size()));
  std::string actors;
  Names want;
  for (size_t index : indexes) {
    want.emplace_back(roles[index].text);
    actors += Actor(Hex(kScheme) + Text(want.back()));
  }
  RC_ASSERT(Read(Extension(actors)) == want);
}

}  // namespace
}  // namespace tsunagu::hpki
