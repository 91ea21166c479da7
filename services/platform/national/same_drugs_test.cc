#include "services/platform/national/same_drugs.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace tsunagu::national {
namespace {

using tsunagu::common::v1::Drug;
using Drugs = google::protobuf::RepeatedPtrField<Drug>;

Drug Make(int code_kind, const std::string& code, const std::string& name = "") {
  Drug drug;
  drug.set_code_kind(code_kind);
  drug.set_code(code);
  drug.set_name(name);
  return drug;
}

Drugs List(std::initializer_list<Drug> drugs) { return Drugs(drugs.begin(), drugs.end()); }

TEST(SameDrugsTest, CodesOfOneSystemDecide) {
  const Drugs two = List({Make(2, "620000001"), Make(2, "620000002")});
  EXPECT_TRUE(HoldsAll(two, List({Make(2, "620000002")})));
  EXPECT_TRUE(HoldsAll(two, List({})));
  EXPECT_FALSE(HoldsAll(two, List({Make(2, "620000002"), Make(2, "620000003")})));
  // The same name does not make up for another code.
  EXPECT_FALSE(HoldsAll(List({Make(2, "1", "a")}), List({Make(2, "2", "a")})));
}

TEST(SameDrugsTest, NamesDecideAcrossSystems) {
  EXPECT_TRUE(HoldsAll(List({Make(2, "1", "a")}), List({Make(4, "9", "a")})));
  EXPECT_FALSE(HoldsAll(List({Make(2, "1", "a")}), List({Make(4, "1", "b")})));
}

TEST(SameDrugsTest, WhatHasNeitherIsNowhere) {
  EXPECT_FALSE(HoldsAll(List({Make(2, "")}), List({Make(2, "")})));
}

}  // namespace
}  // namespace tsunagu::national
