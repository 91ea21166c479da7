#include "services/platform/hpki/der.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"

namespace tsunagu::hpki {
namespace {

std::string Hex(absl::string_view hex) { return absl::HexStringToBytes(hex); }

TEST(DerTest, ElementsFollowEachOther) {
  const std::string bytes =
      Hex("0c0161"
          "130162");
  DerReader reader(bytes);
  absl::string_view content;
  ASSERT_TRUE(reader.Next(kDerUtf8String, content));
  EXPECT_EQ(content, "a");
  ASSERT_TRUE(reader.Next(kDerPrintableString, content));
  EXPECT_EQ(content, "b");
  EXPECT_TRUE(reader.done());
  DerElement element;
  EXPECT_FALSE(reader.Next(element));
}

TEST(DerTest, LongLengthsAreReadWhenTheyAreNeeded) {
  for (size_t size : {0u, 1u, 127u, 128u, 255u, 256u, 65535u}) {
    std::string bytes = "\x0c";
    if (size > 255) {
      bytes += {'\x82', static_cast<char>(size >> 8), static_cast<char>(size)};
    } else if (size > 127) {
      bytes += {'\x81', static_cast<char>(size)};
    } else {
      bytes += static_cast<char>(size);
    }
    bytes += std::string(size, 'x');
    absl::string_view content;
    ASSERT_TRUE(ReadSingle(bytes, kDerUtf8String, content)) << size;
    EXPECT_EQ(content.size(), size);
  }
}

TEST(DerTest, WhatIsNotDerIsRefused) {
  const struct {
    const char* what;
    std::string bytes;
  } kCases[] = {
      {"nothing", ""},
      {"no length", Hex("30")},
      {"cut content", Hex("0c026100").substr(0, 3)},
      {"indefinite length", Hex("30800000")},
      {"long form for a short length", Hex("0c810161")},
      {"leading zero in the length", Hex("0c82008061") + std::string(127, 'x')},
      {"two octets for one", Hex("0c8200ff") + std::string(255, 'x')},
      {"no octets of the length", Hex("0c82")},
      {"three octets of length", Hex("0c83010000") + std::string(65536, 'x')},
      {"high tag number", Hex("1f810061")},
      {"another identifier", Hex("130161")},
      {"something behind", Hex("0c016100")},
  };
  for (const auto& [what, bytes] : kCases) {
    absl::string_view content;
    EXPECT_FALSE(ReadSingle(bytes, kDerUtf8String, content)) << what;
  }
}

TEST(DerTest, ExplicitTagsAreConstructed) {
  EXPECT_EQ(DerExplicit(0), 0xA0);
  EXPECT_EQ(DerExplicit(2), 0xA2);
}

}  // namespace
}  // namespace tsunagu::hpki
